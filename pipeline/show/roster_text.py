"""The roster on a terminal: for each period who reported, who did not; which files are nobody's; replaced drafts."""

from __future__ import annotations

from pipeline.ask.standing import Call, Roll
from pipeline.ask.status import Status
from pipeline.show.columns import clean
from pipeline.store.fetch import DraftRow

MOST = 10  # files that are named


def standing(told: Status) -> list[str]:
    """Blocks of text, none when there is neither a roster nor a replaced draft."""
    parts = [*map(_call, told.roll.calls), *_rest(told.roll)] if told.roll else []
    if told.drafts:
        lines = [f"  {_draft(each)}" for each in told.drafts[:MOST]]
        parts.append("\n".join([f"已被新稿代替的报告 {len(told.drafts)} 份 (不计入对比和导出, 仍可查找)", *lines]))
    return parts


def _call(call: Call) -> str:
    owed = len(call.reported) + len(call.missing) + len({name for name, _ in call.unread})
    lines = [f"{call.time.label}: 应报 {owed}, 已报 {len(call.reported)}"]
    if call.reported:
        lines.append(f"  已报: {'、'.join(call.reported)}")
    if call.missing:
        lines.append(f"  未报: {'、'.join(call.missing)}")
    lines += [f"  报了但读不出来: {name} ({clean(path)})" for name, path in call.unread]
    return "\n".join(lines)


def _rest(told: Roll) -> list[str]:
    parts = []
    if told.unread:
        lines = [f"  {name} ({clean(path)})" for name, path in told.unread[:MOST]]
        parts.append("\n".join(["读不出来, 也没有对上时期的文件", *lines]))
    if told.nobody:
        more = f" 等 {len(told.nobody)} 个" if len(told.nobody) > MOST else ""
        lines = [
            f"  {clean(path)} ({f'{name}不在名册上' if name else '认不出单位'})" for path, name in told.nobody[:MOST]
        ]
        parts.append("\n".join(["不属于名册上任何单位的文件", *lines]) + more)
    return parts


def _draft(each: DraftRow) -> str:
    mark = f" ({each.version})" if each.version else ""
    instead = f" → {clean(each.counts)}" if each.counts else ""
    return f"{clean(each.source)}{mark}{instead}"
