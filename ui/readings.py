"""How Chinese characters are read: the usual reading, and the second one where people really use it."""

import os
from collections.abc import Mapping
from functools import cache

#: Characters with more than one living reading. The full tables hold classical ones too (市 as fu),
#: which would put strangers before what was meant.
_TABLE = """
重:zhong/chong 行:xing/hang 长:chang/zhang 朝:chao/zhao 车:che/ju 乐:le/yue 还:hai/huan
调:diao/tiao 传:chuan/zhuan 弹:dan/tan 单:dan/shan 曾:zeng/ceng 藏:cang/zang
差:cha/chai/ci 都:du/dou 给:gei/ji 和:he/huo 会:hui/kuai 降:jiang/xiang 角:jiao/jue
觉:jue/jiao 解:jie/xie 卡:ka/qia 壳:ke/qiao 落:luo/la/lao 露:lu/lou 绿:lv/lu 率:lv/shuai
没:mei/mo 模:mo/mu 屏:ping/bing 曝:pu/bao 暴:bao/pu 瀑:pu/bao 塞:sai/se 厦:sha/xia
省:sheng/xing 宿:su/xiu 提:ti/di 系:xi/ji 吓:xia/he 校:xiao/jiao 血:xue/xie 咽:yan/ye
钥:yao/yue 择:ze/zhai 着:zhe/zhao/zhuo 折:zhe/she 区:qu/ou 石:shi/dan 薄:bo/bao
剥:bo/bao 泊:bo/po 伯:bo/bai 柏:bai/bo 埔:pu/bu 堡:bao/pu/bu 涌:yong/chong
参:can/shen/cen 称:cheng/chen 匙:shi/chi 臭:chou/xiu 畜:chu/xu 的:de/di 得:de/dei
度:du/duo 恶:e/wu 番:fan/pan 否:fou/pi 巷:xiang/hang 核:he/hu 茄:qie/jia 嚼:jiao/jue
劲:jin/jing 圈:quan/juan 勒:le/lei 俩:lia/liang 弄:nong/long 脉:mai/mo 蔓:man/wan
粘:zhan/nian 便:bian/pian 亲:qin/qing 什:shen/shi 拓:tuo/ta 尾:wei/yi 尉:wei/yu
削:xiao/xue 轧:ya/zha/ga 殷:yin/yan 员:yuan/yun 查:cha/zha 爪:zhua/zhao 转:zhuan/zhuai
幢:zhuang/chuang
"""
SECOND: Mapping[str, tuple[str, ...]] = {
    one[0]: tuple(one[2:].split("/")) for one in _TABLE.split()
}


@cache
def readings(character: str) -> tuple[str, ...]:
    """The readings of one Chinese character without tones, `v` for ü; nothing for any other."""
    if character in SECOND:
        return SECOND[character]
    return () if character.isascii() else _usual(character)


def _usual(character: str) -> tuple[str, ...]:
    # Loading the phrases takes half a second; they only choose among readings that SECOND lists.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
    from pypinyin import Style, lazy_pinyin

    return tuple(lazy_pinyin(character, style=Style.NORMAL, errors="ignore"))
