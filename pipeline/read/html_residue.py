"""Which lines of a web page are its frame (menus, paths, 上一篇/下一篇, 来源 lines) and which its article."""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree

from pipeline.model import OUTSIDE
from pipeline.read.lines import Line, words

FRAME_TAGS = frozenset(["nav", "footer", "aside", "menu"])
FRAME_ROLES = frozenset(["navigation", "contentinfo", "banner", "search", "menubar", "menu", "complementary"])
FRAME_WORDS = words(
    "nav navbar navigation menu submenu topmenu breadcrumb breadcrumbs crumb crumbs position weizhi dqwz footer foot "
    "copyright banquan sidebar pager pagination pagebar prevnext prev-next related share bdshare bshare toolbar topbar "
    "friendlink friendlinks yqlj"
)
# An element that holds more of the page than this is its body, whatever it is called.
MOST_OF_PAGE = 0.4
LINKED = 0.6  # share of a line's characters in links from which on it is a menu
SENTENCE = 15  # characters; a shorter line with a full stop may be a caption or a button

_FRAME_TEXT = re.compile(
    r"(上一篇|下一篇|上一条|下一条|上一页|下一页|当前位置|您(现在)?(的|所在)?的?位置|所在位置|首页\s*[>»›/|]|网站首页|返回(首页|顶部|列表)|"
    r"(信息|文章|稿件|内容)?来源\s*[:：]|(发布|发表|更新|录入|发文|成文|公开)(时间|日期|人|机构)\s*[:：]|时间\s*[:：]\s*\d{4}|日期\s*[:：]\s*\d{4}|"
    r"(浏览|阅读|点击|访问)(次数|量|数|率)|点击\s*[:：]?\s*\d|作者\s*[:：]|责任?编辑?\s*[:：]|责编|审核\s*[:：]|字(体|号)\s*[:：\[【]|"
    r"【?(打印|关闭|收藏|大|中|小)】?(\s|\||$)|打印(本页|此页)|关闭(窗口|本页)|分享(到|至)|扫一扫|二维码|版权所有|copyright|©|ICP备|公网安备|"
    r"网站(地图|标识码|声明|统计)|(主办|承办|技术支持|维护)(单位)?\s*[:：]|联系我们|关于我们|友情链接|相关(链接|阅读|新闻|文章|推荐|文档)|"
    r"热门(推荐|文章|标签)|猜你喜欢|推荐阅读|延伸阅读|微信公众号|设为首页|加入收藏|登录|注册|无障碍|长者模式|索\s*引\s*号|下载(本文|文档|附件))",
    re.IGNORECASE,
)
_STOP = re.compile("[。！？；]")
_LABEL = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[、）)．.]|\d{1,2}[、．.]\s*\D|第[一二三四五六七八九十]+[、，,部章]"
)


class Candidate(NamedTuple):
    """A line, the share of it that stands in links, and whether an element of the page's frame holds it."""

    line: Line
    linked: float
    in_frame: bool


def is_frame(element: etree._Element) -> bool:
    """Whether an element belongs to the page's frame by its tag, role, class or id."""
    words = f"{element.get('class') or ''} {element.get('id') or ''}".lower().split()
    named = element.tag in FRAME_TAGS or element.get("role") in FRAME_ROLES or not FRAME_WORDS.isdisjoint(words)
    if not named:
        return False
    whole = element.getroottree().getroot()
    return _amount(element) < MOST_OF_PAGE * _amount(whole) or next(element.iter("p"), None) is None


def _amount(element: etree._Element) -> int:
    return sum(len(text.strip()) for text in element.itertext() if isinstance(text, str))


def settled(found: list[Candidate]) -> list[Line]:
    """The lines, those of the page's frame as ``residue``; a line inside the article stays text.

    >>> lines = [("首页 > 总结", 0.9), ("来源：县政府", 0.0), ("一、抓学习", 0.0), ("来源：三级书屋。", 0.0),
    ...          ("全镇开展集中学习28次，参加900人次。", 0.0), ("下一篇：没有了", 0.0)]
    >>> [line.kind for line in settled([Candidate(Line(text), linked, False) for text, linked in lines])]
    ['residue', 'residue', 'text', 'text', 'text', 'residue']
    """
    body = [place for place, candidate in enumerate(found) if _is_body(candidate)]
    first, last = (body[0], body[-1]) if body else (len(found), -1)
    lines = []
    for place, candidate in enumerate(found):
        outside = not first <= place <= last
        if candidate.line.kind in OUTSIDE:
            lines.append(candidate.line)
        elif candidate.in_frame or (outside and not candidate.line.cells and _is_residue(candidate)):
            line = candidate.line
            text = line.text or " ".join(filter(None, line.cells))
            lines.append(Line(text, "residue"))
        else:
            lines.append(candidate.line)
    return lines


def _is_body(candidate: Candidate) -> bool:
    line = candidate.line
    if candidate.in_frame or line.kind in OUTSIDE or candidate.linked >= LINKED:
        return False
    if line.cells:
        return len(line.cells) > 1
    text = line.text.strip()
    if _FRAME_TEXT.search(text) and not _STOP.search(text[SENTENCE:]):
        return False
    return (len(text) >= SENTENCE and _STOP.search(text) is not None) or _LABEL.match(text) is not None


def _is_residue(candidate: Candidate) -> bool:
    text = candidate.line.text.strip()
    if candidate.line.level:  # a heading is never a menu
        return False
    return candidate.linked >= LINKED or _FRAME_TEXT.search(text) is not None
