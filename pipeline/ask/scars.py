"""Placeholders and the scars of texts copied from the web: a table of patterns, each with its reason."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.ask.draft import Draft
from pipeline.ask.finding import Finding, Severity
from pipeline.model import Span

SURNAMES = "王李张刘陈杨黄赵周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文季柴向樊覃莫欧"  # noqa: E501
_ANONYMOUS = re.compile(r"(?:电话|手机|邮编|号码|传真|身份证|车牌|QQ)[^。；]{0,16}$")  # masked on purpose

# (pattern, severity, reason). Every pattern is anchored by what no finished report holds.
_TOLD: tuple[tuple[str, Severity, str], ...] = (
    (r"(?:19|20)(?:\d?[XxＸｘ×*＊_○]{1,2}|[XxＸｘ×*＊_○]{2})年?", "severe", "年份没有填"),
    (r"[XxＸｘ×✕]{2,}(?![A-Za-z0-9])", "severe", "占位符没有填"),
    (
        r"(?<![A-Za-z0-9])[×ＸX○●△□■](?:镇|乡|县|市|区|村|街道|社区|部|局|年|月|日|人|次|篇|同志)",
        "severe",
        "占位符没有填",
    ),
    (r"(?<!\*)\*{2,}(?!\*)|[一-龥“]＊+[一-龥”]|[一-龥]\*[一-龥]", "severe", "被网站抹去的字没有补上"),
    (
        r"(?<!["
        + SURNAMES
        + r"])某某|(?<![一-龥])某(?:镇|乡|县|市|区|村|街道|单位)|(?<=[在由向到的，])某(?:镇|乡|县|市|区|村|街道)",
        "severe",
        "范文里的“某某”没有换成实名",
    ),
    (
        r"待填|待补充?|待核实?|待定(?![级价])|暂缺数据|数据待|TODO|TBD|此处(?:填写|插入|添加|补充)|（(?:请)?(?:填写|补充|插入)[^）]{0,12}）",
        "severe",
        "标明待填的地方还没有填",
    ),
    (r"_{3,}|＿{2,}|…{4,}|\.{6,}(?!\d)|（\s*）|\(\s*\)|“\s*”|《\s*》|【\s*】", "severe", "空着没有填"),
    (
        r"(?:百度文库|道客巴巴|豆丁网?|范文网|第一范文|公文网|文秘(?:网|站|114)|写作网|原创力文档|学习啦|无忧考)\S{0,6}",
        "severe",
        "范文网站的痕迹",
    ),
    (
        r"(?:更多(?:范文|文章|精彩(?:内容|文章|范文))|相关(?:推荐|阅读|文章)|点击(?:下载|查看|阅读)|下载(?:本文|全文|文档)|本文(?:来源|来自|地址)|转载请注明|仅供(?:大家)?参考|篇[一二三四五][:：])",
        "severe",
        "网页的话留在了文中",
    ),
    (r"(?:https?://|www\.)\S+|[\w.]+@[\w.]+\.(?:com|cn|net)", "warning", "网址留在了文中"),
    (
        r"&(?:nbsp|quot|amp|lt|gt|ldquo|rdquo|#\d+);?|</?(?:p|br|div|span|strong|font)\b[^>]*>",
        "severe",
        "网页代码留在了文中",
    ),
    (r"�+|\?{3,}|锟斤拷|烫烫烫|ï»¿", "severe", "乱码"),
    (
        r"在(?:的|、|，|和)(?:正确|坚强|亲切|大力|精心)?(?:领导|指导|关怀|支持|帮助)下?|在[^，。；\s]{0,12}[、和](?:的)(?:正确|坚强|大力|精心)",
        "severe",
        "抄来的话里去掉的名称没有补上",
    ),
    (r"(?:^|[。；，])(?:同志|书记|镇长|主任)(?:亲自|多次|主持)", "warning", "前面的人名不见了"),
    (
        r"，{2,}|。{2}(?!。)|；{2,}|、{2,}|[，、；][。；！？]|。[，、；]|：[，。；]|，、|、，",
        "warning",
        "标点重复或相连",
    ),
    (
        r"(?<![一-龥])的{2,}|(?<=[一-龥])的的(?!确)|了了(?!解|事)|是是(?!非)|和和(?!气|美|睦)|我我|们们|工作工作|进行进行",
        "warning",
        "字词重复",
    ),
)
SCARS = tuple((re.compile(pattern), severity, reason) for pattern, severity, reason in _TOLD)
_CLOSERS = {"“": "”", "《": "》", "（": "）", "【": "】", "「": "」"}


def find(draft: Draft) -> Iterator[Finding]:
    """Every scar of every paragraph, and brackets without a partner."""
    for n, part in enumerate(draft.parts):
        if part.block == "residue":
            yield Finding("scar", "warning", n, Span(0, len(part.text)), part.text[:40], "网页外框的文字留在了文中")
            continue
        taken: list[Span] = []
        for pattern, severity, reason in SCARS:
            for match in pattern.finditer(part.text):
                span = Span(*match.span())
                if _ANONYMOUS.search(part.text[: span.start]):
                    continue
                if not any(span.start < other.end and other.start < span.end for other in taken):
                    taken.append(span)
                    yield Finding("scar", severity, n, span, match[0], reason)
        yield from _unpaired(n, part.text)


def _unpaired(n: int, text: str) -> Iterator[Finding]:
    """One note a paragraph: ``“`` without ``”`` and the like.

    >>> [f.quote for f in _unpaired(0, "落实“三会一课制度，开展学习")]
    ['“三会一课制度，开展']
    """
    for opener, closer in _CLOSERS.items():
        if text.count(opener) != text.count(closer):
            at = text.rfind(opener) if text.count(opener) > text.count(closer) else text.find(closer)
            yield Finding(
                "scar",
                "note",
                n,
                Span(at, at + 1),
                text[at : at + 10] if text[at] == opener else text[max(0, at - 9) : at + 1],
                f"{opener}与{closer}没有成对",
            )
            return
