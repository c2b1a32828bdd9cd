"""Where an article of the Measures is seen beside the verbs and forms of its commands."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from ui.views.about import About
from ui.views.case_facts import CaseFacts
from ui.views.case_pane import CasePane
from ui.views.channel_picker import ChannelPicker
from ui.views.class_card import ClassCard
from ui.views.clock_view import ClockCard
from ui.views.forms.assists import Assists
from ui.views.forms.candidates import Candidates
from ui.views.forms.part_cards import PartCards
from ui.views.forms.review_bench import ReviewBench
from ui.views.forms.sentence_board import SentenceBoard
from ui.views.held_card import HeldCard
from ui.views.intake import IntakeForm
from ui.views.limits_preview import LimitsPreview
from ui.views.needs_list import NeedsList
from ui.views.pack_card import PackCard
from ui.views.picker import CategoryPicker
from ui.views.queue_bar import QueueBar
from ui.views.unit_picker import UnitPicker
from ui.views.warning_cards import WarningCards
from ui.views.warning_page import WarningPage
from ui.views.workbench import Workbench

#: By number: the widgets that show what the article asks for.
SHOWN: Mapping[int, tuple[type[QWidget], ...]] = {
    1: (About,),
    2: (IntakeForm,),
    3: (QueueBar,),
    4: (IntakeForm,),
    5: (ChannelPicker,),
    6: (QueueBar, UnitPicker),
    7: (Workbench, CasePane),
    8: (CategoryPicker, ClassCard),
    10: (CasePane, ClockCard),
    11: (NeedsList,),
    12: (UnitPicker,),
    13: (ClockCard,),
    14: (ClassCard, ClockCard),
    15: (LimitsPreview, ClockCard),
    16: (ClockCard,),
    17: (ClockCard, ReviewBench),
    18: (Candidates, CasePane),
    19: (SentenceBoard, PartCards, CasePane),
    20: (Assists, CasePane),
    21: (CasePane, ClockCard),
    23: (WarningPage, WarningCards, CasePane),
    24: (PackCard, CasePane, ClockCard),
    25: (CasePane,),
    26: (CasePane,),
    27: (PackCard, UnitPicker),
    28: (HeldCard,),
    29: (HeldCard,),
    30: (QueueBar, CasePane),
    31: (CasePane, ClockCard),
    46: (CaseFacts,),
    47: (About, CaseFacts),
}
