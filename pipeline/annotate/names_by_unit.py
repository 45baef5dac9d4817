"""Names told by the unit's dimension: 12年, 5级, 500米直道赛, 24小时热线 (``BY_DIMENSION`` is the table)."""

from __future__ import annotations

import re

from pipeline.annotate.clauses import END
from pipeline.annotate.names_in_han import is_long

_TIME_CUE = re.compile(
    r"(?:历时|为期|耗时|用时|仅用|经过|时长|时间|工期|周期|寿命|年限|期限|期|缩短|缩减|压缩|压减|延长|提前|推迟|长达|奋战|苦战|"
    r"快|慢|连续|早|晚|迟|守|走|开|干|忙|花|用|唱|演|办|平均|达|超过|累计|不少于|不低于"
    r"|服务|学习|培训|授课|学时|课时|播出|志愿|在线|连续|集中|天数|日数|驻村|缩短至|开放)[^，。；、]{0,6}$"
)
_YEAR_CUE = re.compile(
    r"(?:历时|为期|耗时|长达|寿命|年限|期限|周期|缩短|缩减|提前|刑期|徒刑|闲置|使用|服役|连任|工龄|党龄|教龄|任期)"
    r"[^，。；、第]{0,2}$"
)
_LASTING = re.compile(r"(?:历时|为期|耗时|连续|用时|仅用|共)$")
_CIRCLE = re.compile(r"[^，。；、]{0,12}?(?:圈|经济带)")
_PLAN_NAME = re.compile(r"[^，。；、]{0,10}?(?:行动|计划|规划|攻坚战|大会战|任务书)")
_DEADLINE = re.compile(r"(?:之?内|以内|后|前|来|以来|间|之?前|之?后)")
_SCORE_CUE = re.compile(
    r"(?:自评|低|高|丢|差|计|记|积|学分|分数|得分|评分|测评|满意度|成绩|考核|平均|总分|分值|均分|积分|指数|扣|加|奖励?|获|达|得)[^，。；]{0,6}$"
)
_QUAKE = re.compile(r"(?:以上)?(?:余震|地震|大风|台风|强震|左右)|震级")
_AGE_CUE = re.compile(r"(?:平均|年龄|寿命)[^，。；]{0,6}$|岁(?:下降|降低?|提高|上升|增长|延长|推迟|减小)[到至为]$")
_SERVICE_HOURS = re.compile(
    r"(?:小时)?[^，。；、]{0,6}?(?:可用|轮守|轮值|无休|受理|响应|接听|运行|[）)]|值班|值守|热线|在线|不间断|监测|监控|服务|自助|开放|警|待命|巡|轮|全天|政务|"
    r"便利|制)"
)
_RACE = re.compile(r"(?:直道|接力|长跑|竞速|自由泳|赛|组|第[一二三四五六七八九])")


def _is_time_name(text: str, start: int, unit_at: int, unit_end: int, name: str, numeral: str) -> bool:
    written = text[unit_at:unit_end].strip()
    left = text[max(0, start - 10) : start]
    if name in ("小时", "分钟", "秒") and (
        _CIRCLE.match(text[unit_end : unit_end + 14]) or text[start - 1 : start] == "×"
    ):
        return True
    if name == "小时" and numeral in ("24", "二十四") and _SERVICE_HOURS.match(text, unit_end):
        return True
    if written[:1] == "月" or (written[:1] == "日" and not _LASTING.search(left)):
        return True
    if written in ("周年", "周") and not _LASTING.search(left):
        return True
    if _PLAN_NAME.match(text[unit_end : unit_end + 16]) and not _YEAR_CUE.search(left):
        return True
    if _DEADLINE.match(text, unit_end) and (
        left.endswith(("做到", "力争到", "须在", "应在", "均在", "都在", "要在", "部在", "内在", "并在"))
        or not left.endswith(("至", "到", "在", "为", "控制", "不超过"))
    ):
        return True
    if text[start - 1 : start] in ("近", "前", "每", "过") and name in ("年", "月") and left[-2:] != "提前":
        return text[start - 2 : start - 1] not in tuple("要需用了达") or start < 2
    if written == "年":
        if re.search(r"\.(?:19|20)[0-9]{2}$", numeral):
            return True
        if len(numeral) == 4 and numeral.isdigit():
            return True
        decimal = "." in numeral
        return not (decimal or _YEAR_CUE.search(left) or (is_long(numeral) and left.endswith("了"))) or text[
            unit_end : unit_end + 1
        ] in tuple("级代度来底初末制期")
    if numeral[0] not in "0123456789" and name == "天":
        return not (_TIME_CUE.search(left) or is_long(numeral) or text[unit_end : unit_end + 1] == "半")
    return False


def _is_level_name(text: str, start: int, unit_at: int, unit_end: int, name: str, numeral: str) -> bool:
    quake = _QUAKE.match(text, unit_end) is not None or text[max(0, start - 3) : start].endswith("地震")
    return not (quake and numeral[0] in "0123456789")


def _is_score_name(text: str, start: int, unit_at: int, unit_end: int, name: str, numeral: str) -> bool:
    return _SCORE_CUE.search(text[max(0, start - 12) : start]) is None or text[unit_end : unit_end + 1] in (
        "钟",
        "之",
        "级",
        "类",
    )


def _is_age_name(text: str, start: int, unit_at: int, unit_end: int, name: str, numeral: str) -> bool:
    return _AGE_CUE.search(text[max(0, start - 12) : start]) is None


def _is_energy_name(text: str, start: int, unit_at: int, unit_end: int, name: str, numeral: str) -> bool:
    if text[unit_at:unit_end].strip() != "度":
        return False
    return "电" not in text[max(0, start - 10) : unit_end + 2]


def _is_noun_name(text: str, start: int, unit_at: int, unit_end: int, name: str, numeral: str) -> bool:
    """``辖3乡5镇`` counts; ``3站路`` and ``三部门`` do not."""
    return numeral[0] not in "0123456789" or not (END.match(text, unit_end) or text[unit_end : unit_end + 1].isdigit())


def _is_length_name(text: str, start: int, unit_at: int, unit_end: int, name: str, numeral: str) -> bool:
    """A distance that names a race: 500米直道赛, 1000米第三名."""
    return _RACE.match(text, unit_end) is not None


def _is_volume_name(text: str, start: int, unit_at: int, unit_end: int, name: str, numeral: str) -> bool:
    if text[unit_at:unit_end].strip() != "方":
        return False
    return not (END.match(text, unit_end) or text[unit_end : unit_end + 1] in tuple("土石水砂混以左"))


def _is_data_name(text: str, start: int, unit_at: int, unit_end: int, name: str, numeral: str) -> bool:
    return END.match(text, unit_end) is None


BY_DIMENSION = {
    "time": _is_time_name, "level": _is_level_name, "score": _is_score_name, "age": _is_age_name,
    "energy": _is_energy_name, "length": _is_length_name, "noun": _is_noun_name,
    "volume": _is_volume_name, "data": _is_data_name,
}  # fmt: skip
"""The rule for the units of a dimension; the others name nothing."""
