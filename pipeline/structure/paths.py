"""What file and folder names say by themselves: their parts, and which draft a file is."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import PurePosixPath

from pipeline.model import Evidence, Stated

VERSION = re.compile(
    r"征求意见稿|报送稿|(?<=[（(])改(?=[)）])|修改(?=[)）])|送审稿|讨论稿|审议稿|修改稿|修订稿|汇报稿|上报稿|初稿|草稿|定稿|终稿|最终稿|最终版|修改版|修订版|第[一二三四五六七八九]稿|[一二三四五]稿|重报|补报|更正|(?<![a-zA-Z])[vV]\d{1,2}(?:\.\d)?"
)


@lru_cache(maxsize=256)
def parts(path: str) -> tuple[str, ...]:
    """The file name without its last ending, then the folders from the inside out, whichever way the slashes lean.

    >>> parts("岚川县/2023年/岚川镇上半年总结.docx")
    ('岚川镇上半年总结', '2023年', '岚川县')
    """
    pure = PurePosixPath(path.replace("\\", "/"))
    return (pure.stem, *reversed(pure.parts[:-1]))


def version(title: Stated | None, path: str) -> Stated | None:
    """初稿, 修改稿, 定稿 …: as the title or the file name says.

    >>> version(None, "云溪镇总结（定稿）.docx").value
    '定稿'
    """
    if title is not None:
        found = VERSION.search(title.value)
        if found:
            return Stated(found[0], 0.9, title.evidence)
    found = VERSION.search(parts(path)[0])
    return Stated(found[0], 0.9, (Evidence(found[0], "file"),)) if found else None
