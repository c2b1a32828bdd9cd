"""The forms by the kind of command they ask for; kinds without a form are sent as they are."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from ui.views.forms import (
    amend,
    ask_return,
    ask_verification,
    attach,
    classify,
    close,
    dispatch,
    extension,
    grades,
    handle,
    order_rework,
    papers,
    progress,
    redispatch,
    refuse,
    report_verification,
    requests,
    returns,
    reveals,
)

FORMS: Mapping[str, type[QWidget]] = {
    "ask_verification": ask_verification.Form,
    "report_verification": report_verification.Form,
    "refuse": refuse.Form,
    "amend": amend.Form,
    "classify": classify.Form,
    "raise_grade": grades.RaiseForm,
    "lower_grade": grades.LowerForm,
    "dispatch": dispatch.Form,
    "redispatch": redispatch.Form,
    "ask_return": ask_return.Form,
    "approve_return": returns.ApproveForm,
    "refuse_return": returns.RefuseForm,
    "ask_reveal": reveals.AskForm,
    "approve_reveal": reveals.ApproveForm,
    "refuse_reveal": reveals.RefuseForm,
    "ask_extension": extension.Form,
    "approve_request": requests.ApproveForm,
    "refuse_request": requests.RefuseForm,
    "report_progress": progress.Form,
    "handle": handle.Form,
    "close": close.Form,
    "order_rework": order_rework.Form,
    "take_over": papers.TakeOverForm,
    "commend": papers.CommendForm,
    "add_note": papers.NoteForm,
    "attach": attach.Form,
    "record_notice": papers.NoticeForm,
    "void": papers.VoidForm,
}
