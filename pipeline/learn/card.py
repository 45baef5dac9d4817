"""The card that travels with a model: what it was made of, how good it is, by label, and where it is weak."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.annotate import classify
from pipeline.annotate.classify import Model
from pipeline.annotate.cues import Cues
from pipeline.learn import measure
from pipeline.learn.fit import Example, Judged, Learned

AXES = ("role", "topic")


def figures(learned: Learned) -> dict[str, Any]:
    """Cross-validated figures of both axes, in the form of ``measure.labels``."""
    axes = (("role", learned.role, learned.model.role), ("topic", learned.topic, learned.model.topic))
    return {name: measure.labels(name, _judged(name, judged, axis.thresholds)) for name, judged, axis in axes}


def _judged(name: str, judged: Judged, thresholds: Any) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    pairs = []
    for truth, chances in zip(judged.truth.tolist(), judged.chances, strict=True):
        if truth >= 0:
            best = int(chances.argmax())
            sure = bool(chances[best] >= thresholds[best])
            told = {name: judged.names[best], f"{name}_score": float(chances[best]), f"{name}_sure": sure}
            pairs.append(({name: judged.names[truth]}, told))
    return pairs


def held_out(model: Model, examples: Sequence[Example], cues: Cues) -> dict[str, Any]:
    """The same figures of a model on reports that it has not seen."""
    pairs: dict[str, list[tuple[dict[str, Any], dict[str, Any]]]] = {name: [] for name in AXES}
    for example in examples:
        told = classify.labels(model, example.report, cues)
        for n, name in enumerate(AXES):
            for labels, truth in zip(told, getattr(example, f"{name}s"), strict=True):
                label = labels[n]
                if truth:
                    said = {name: label.name, f"{name}_score": label.score, f"{name}_sure": label.sure}
                    pairs[name].append(({name: truth}, said))
    return {name: measure.labels(name, pairs[name]) for name in AXES}


def text(card: dict[str, Any]) -> str:
    """The card for people."""
    lines = [
        "角色与类别模型",
        f"做成于 {card['made']}, 格式 {card['format']}, zongjie {card.get('version', '?')}",
        f"材料: {card['reports']} 份报告和 {card['examples']} 个单独的例子, 共 {card['paragraphs']} 段 (自写的标注语料"
        f"{', 加上用户的订正和标题' if card.get('from') else ''}); 特征 {card['features']} 个, 词向量见 vectors.npz",
        "用途: 给乡镇工作总结的段落标角色和类别; 没有把握的 (role_sure, topic_sure 为 false) 请人看, 不要当真。",
        "不宜: 别的文种; 一段讲几件事时只标主要的一件; 类别之间的界线以 configs/categories.yaml 的定义为准。",
    ]
    for part, name in (("cross_validated", "交叉验证 (按报告分五份)"), ("held_out", "留出的报告 (按名称每六份一份)")):
        if part in card:
            lines += ["", name, *(line for axis in AXES for line in _axis(axis, card[part][axis]))]
    return "\n".join(lines) + "\n"


def _axis(axis: str, told: dict[str, Any]) -> list[str]:
    low, high = told["interval"]
    sure = told["sure"]
    right = "—" if sure["accuracy"] is None else f"{sure['accuracy']:.3f}"
    lines = [
        f"{'角色' if axis == 'role' else '类别'}: 正确率 {told['accuracy']:.3f} (95% {low:.3f}–{high:.3f}), "
        f"宏平均 F1 {told['macro_f1']:.3f}, 有把握的占 {sure['coverage']:.2f}、其中正确 {right}, "
        f"最有把握的九成正确 {told['at_coverage_0.9']}, 校准误差 {told['calibration']['error']:.3f}"
    ]
    lines += [
        f"  {name}: 准确 {each['precision']:.2f} 召回 {each['recall']:.2f} F1 {each['f1']:.2f}"
        f" ({each['support']:.0f} 段)"
        for name, each in told["labels"].items()
    ]
    return lines
