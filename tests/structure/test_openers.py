"""Every way of opening a collection's reports, under every front: a law over a table of forms.

The texts are built here; what is asked is only where the reports begin.
"""

from __future__ import annotations

import itertools

import pytest

from pipeline import structure
from tests.structure import written

HAN = "一二三"
UNITS = ("青禾镇", "望川乡", "岚桥街道")
NAME = "乡镇宣传工作总结"
FORMS = (
    "篇{han}：{title}",
    "篇({han})：{name}",
    "篇{number}:",
    "★篇{han}★",
    "第{han}篇",
    "第{han}篇 {title}",
    "【第{han}篇】",
    "(第{han}篇)",
    "第{han}篇范文：{name}",
    "第{han}篇({unit})",
    "范文{han}：",
    "范文({han})",
    "【范文{han}】{title}",
    "范例{number}：",
    "例{han}：",
    "模板{han}：{name}",
    "总结{han}：",
    "总结{han}：{title}",
    "{name}{number}：",
    "{name}{han}",
    "{name}({number})",
    "{name}[{number}]",
    "{name}【{han}】",
    "{name} 篇{han}",
    "{name}第{number}篇",
    "{name}范文({number})",
    "{name}之{han}",
    "{name}-{number}",
    "【{han}】{title}",
    "（{han}）{title}",
    "{han}、{title}",
    "{number}.{title}",
    "PART {number}：{title}",
    "No.{number} {title}",
    "0{number}\n{title}",
    "材料{han}\n{title}",
    "材料{han}：{title}",
    "（{han}）\n{title}",
    "宣传信息\n第{number}期",
    "{title}",
    "《{title}》",
    "【{title}】",
    "{title}范文",
    "{title}.docx",
    "{unit}简介",
    "{unit}宣传工作情况",
    "关于{unit}宣传工作情况的报告",
    "{office}工作总结",
    "{unit}人民政府\n2021年工作总结",
    "让新风吹进千家万户\n——{title}",
    "{unit}党委文件\n青发〔2020〕{number}号\n{title}",
    "{unit}",
    "『篇{han}』",
    "范文参考{han}：{name}",
    "总结模板{number}",
    "【总结{han}】\n{title}",
    "【篇{han}】\n{title}",
    "【 篇{han} 】",
    "示例{han}：{title}",
    "篇目{han}：{title}",
    "{name}篇（{number}）",
    "{name}——篇{han}",
    "{name}{number}（{unit}）",
    "《{name}》（{han}）",
    "「{title}」",
    "{unit}：2021年工作总结",
    "报送单位：{unit}\n{title}",
    "让新风吹进千家万户\n{unit}党委",
    "让新风吹进千家万户\n（{unit}党委书记 张三）",
    "{unit}：让新风吹进千家万户",
    "{unit}宣传工作亮点",
    "{unit}2021年工作回眸",
    "{unit}2021年宣传工作方案",
)
FRONTS = (
    "",
    "乡镇宣传工作总结精选3篇\n时间：2022-03-11 09:12:40 来源：网友投稿\n以下是小编整理的总结，欢迎阅读。\n",
)
BETWEEN = ("", "相关推荐：\n乡镇宣传工作计划\n乡镇宣传工作方案\n")
BODY = (
    "2021年，我们扎实开展宣传活动，取得了新的成绩。\n"
    "一、抓好学习\n全年学习12次，覆盖全体党员干部。\n二、抓好阵地\n新建文化广场3个。\n"
)


def opener(form: str, place: int) -> str:
    unit = UNITS[place]
    office = ("妇联", "团委", "工会")[place]
    title = f"{unit}{2019 + place}年宣传工作总结"
    return form.format(han=HAN[place], number=place + 1, unit=unit, office=office, title=title, name=NAME) + "\n"


def begins(lines: list[str]) -> list[int]:
    """The number of the first line of each report."""
    document = written.document(lines)
    number = {block.span.start: place for place, block in enumerate(document.blocks)}
    return [number[report.span.start] for report in structure.split(document, written.PLACES)[0]]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_opens_its_reports(form: str) -> None:
    for front, between in itertools.product(FRONTS, BETWEEN):
        text, wanted = front, []
        for place in range(len(HAN)):
            wanted.append(text.count("\n"))
            text += opener(form, place) + BODY + (between if place + 1 < len(HAN) else "")
        assert begins(text.splitlines()) == wanted, (front, between)


SINGLE = (
    "青禾镇2019年工作总结\n2019年，青禾镇扎实推进，现总结如下。\n党建工作总结\n发展党员12名。\n宣传工作总结\n全年发稿31篇。",
    "青禾镇2019年工作总结和2020年工作计划\n2019年工作总结\n2019年，全镇取得新成绩。\n2020年工作计划\n2020年，要抓好三件事。",
    "青禾镇2019年各项工作总结\n现将各项工作总结如下：\n一、党建工作总结\n发展党员12名。\n二、宣传工作总结\n全年发稿31篇。",
    "青禾镇各村简介\n青禾镇下辖两个村。\n东坪村简介\n东坪村有村民320户。\n西岭村简介\n西岭村有村民210户。",
    "青禾镇2019年宣传总结\n青禾镇写好三篇文章。\n第一篇：理论武装\n学习12次，宣讲30场，覆盖面广。\n第二篇：新闻宣传\n发稿31篇。",
    "青禾镇2019年工作总结\n2019年，全镇取得新成绩。\n材料一\n东坪村每月一评，人人参与。\n材料二\n西岭村每季一查，户户达标。",
    "青禾镇2019年工作总结\n2019年，全镇取得新成绩，群众比较满意。\n青禾镇人民政府\n2019年12月20日\n附件1\n情况统计表\n附件2\n工作计划",
    "岚川县宣传工作汇报\n一年来，各乡镇做了大量工作。\n青禾镇宣传工作情况\n宣讲31场。\n望川乡宣传工作情况\n宣讲20场。",
)


@pytest.mark.parametrize("text", SINGLE)
def test_parts_are_no_reports(text: str) -> None:
    assert begins(text.splitlines()) == [0]
