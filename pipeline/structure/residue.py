"""What a web page puts around its texts: paths, dates, counters, introductions, related links. None of it is report."""

from __future__ import annotations

import re

from pipeline.structure.lines import Line

LONGEST = 120  # characters of a line of residue
LONGEST_INTRODUCTION = 400  # of a paragraph in which a page's editor speaks

_RESIDUE = re.compile(
    r"^(?:相关(?:推荐|阅读|文章|链接)|推荐(?:阅读|文章)|猜你喜欢|延伸阅读|更多|[|｜]?\s*浏览量?[:：]|导航$|今天是[:：]?\s*(?:19|20)|上一篇|下一篇|上一条|下一条|来源|文章来源|信息来源|作者|责任编辑|编辑|责编|导读|摘要|版权|声明|本文(?:来源|地址|链接|网址)|打印|关闭|浏览|点击|标签|分享|返回|【打印|\[打印|当前位置|您?(?:现在|当前|所在)?的?位置|字号|扫一扫|附件下载|网站|页码|第?\s*\d+\s*页|[—\-－]\s*\d+\s*[—\-－]$|\d{1,3}$|第\s*\d+\s*页$|索引号|生成日期|公开方式|发文字号|信息分类|主题分类|发布机构|公开类别|相关热词|热门|广告|本类|点击下载|下载|看了本?文|此?本?文档由|如侵权|免责|赞\s*\d|收藏|时间[:：]|发布时间|发布日期|日期[:：]|首页)"
    r"|[>＞»].{1,20}[>＞»]|相关(?:文章|阅读|推荐|链接)[：:]?$|主办单位|技术支持|ICP备|公网安备|[—\-－=＝*＊~～_·.。]{3,}$|如(?:有)?侵权|会员上传|仅供参考|本文为您整理|以上(?:就?是|内容|为).{0,20}(?:范文|全部内容|分享|整理|介绍)"
    r"|我要投稿|人气[:：]|阅读模式|永久域名|加入会员|收藏本文|下载本文|\s首页$|^【?(?:概述|正文|导读|摘要|导语)】$|^正文[:：]?$"
    r"|^(?:19|20)\d\d-\d\d?-\d\d?(?:\s+\d\d?:\d\d(?::\d\d)?)?\s+(?:[\u3400-\u9fff]{2,6}|\d+次)$"
)
_FOOT = re.compile(
    "侵权|热词|下载|看了|会员|广告|本类|相关|推荐|上一[篇条]|下一[篇条]|喜欢|责任编辑|版权|打印|关闭|分享|返回|以上就?是|更多"
)
_PATH = "位置|首页|导航|今天是|[>＞»].*[>＞»]|索引号"
_INTRODUCES = (
    "^编者按|^按语|^编者的话|小编|供(?:大家|您|各位|广大网友)(?:学习|借鉴)?参考|仅供参考|欢迎(?:大家|各位)?(?:阅读|借鉴|参考|收藏|下载)"
    "|本(?:站|页|文)(?:为|将|收录|整理|的)|(?:网友|会员).{0,16}(?:分享|整理|投稿|上传)|希望(?:对|能对|能给|给)(?:您|你|大家)"
)

# One of these stands in every introduction: a quick look before the slow one.
_SPEAKS = ("编者", "按语", "小编", "参考", "欢迎", "本站", "本页", "本文", "网友", "会员", "希望")


def is_residue(line: Line) -> bool:
    """Is the line what a web page or a collection puts around its texts?"""
    if line.block.kind == "residue":
        return True
    return line.number is None and len(line.text) <= LONGEST and bool(_RESIDUE.search(line.text))


def is_foot(text: str) -> bool:
    """Does a line of residue stand only below a text?"""
    return bool(_FOOT.search(text))


def is_path(text: str) -> bool:
    """Is a line of residue one that stands only above a text (您的位置: …, 索引号)?"""
    return bool(re.search(_PATH, text))


def introduces(text: str) -> bool:
    """Does a page's editor speak?

    >>> introduces("下面是小编为大家整理的工作总结，欢迎阅读。"), introduces("编发信息12期，供领导参考。")
    (True, False)
    """
    may = len(text) <= LONGEST_INTRODUCTION and any(word in text for word in _SPEAKS)
    return may and re.search(_INTRODUCES, text) is not None
