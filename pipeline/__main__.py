"""The command line. It parses, calls one command, and says what went wrong in a sentence.

Exit codes: 0 all well; 1 some source failed, partial or needs_ocr; 2 misuse or nothing readable; 3 `check` found
something severe; 70 a fault of ours.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import sys
import traceback
from collections.abc import Sequence
from typing import NoReturn

from pipeline import __version__
from pipeline.commands import COMMANDS
from pipeline.errors import InputError
from pipeline.show import usage
from pipeline.show.talk import Talk

MISUSE, INTERRUPTED, OUR_FAULT = 2, 130, 70


def parser(only: str | None = None, english: bool = False) -> argparse.ArgumentParser:
    """The whole command line, or (faster) only one command's arguments."""
    kind = argparse.ArgumentParser if english else usage.ChineseParser
    top = kind(prog="zongjie", description="乡镇工作总结 → 可检索、可比较、可导出的数据集")
    version = f"zongjie {__version__}"
    top.add_argument("--version", action="version", version=version, help="show version" if english else "看版本")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--json", action="store_true", help="机器可读的行")
    common.add_argument("--lang", choices=("zh", "en"), default="zh", help="提示用中文或英文")
    common.add_argument("--settings", metavar="FILE", help="设置文件 (YAML)")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in (only,) if only else COMMANDS:
        module = importlib.import_module(f"pipeline.commands.{name}")
        module.add(commands.add_parser(name, help=module.HELP, parents=[common], description=module.HELP))
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Parse, do, and return the exit code."""
    gc.set_threshold(200_000, 50, 50)  # rows by the ten thousand, hardly a cycle among them
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    words = list(sys.argv[1:] if argv is None else argv)
    english = usage.is_english(words)
    if early := usage.misplaced(words):
        Talk("en" if english else "zh")(
            f"zongjie: {early} 写在命令后面, 例如 zongjie status {early} …",
            f"zongjie: {early} belongs behind the command, as in zongjie status {early} …",
        )
        return MISUSE
    args = parser(words[0] if words and words[0] in COMMANDS else None, english).parse_args(words)
    talk = Talk(args.lang)
    try:
        code: int = importlib.import_module(f"pipeline.commands.{args.command}").run(args, talk)
    except InputError as fault:
        talk(f"zongjie {args.command}: {fault}", f"zongjie {args.command}: {fault}")
        return MISUSE
    except BrokenPipeError:
        return 0
    except KeyboardInterrupt:
        talk("已停下; 已读完的都已保存, 再运行一次会接着做", "stopped; what was read is kept, run again to go on")
        return INTERRUPTED
    except Exception:  # the one place where a fault of ours is told to a person
        traceback.print_exc()
        talk("这是程序自身的错误, 请把上面的文字报告给我们", "this is a fault of ours; please report the text above")
        return OUR_FAULT
    return code


def command() -> NoReturn:
    """The program as a process of its own: what it leaves behind at its end is not searched for cycles."""
    code = main()
    gc.freeze()
    sys.exit(code)


if __name__ == "__main__":
    command()
