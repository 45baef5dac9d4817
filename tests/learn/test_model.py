"""The model: what it is made of, what it is good for, and that it travels as plain arrays."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys

import numpy as np
import pytest

from pipeline.annotate import categories, classify
from pipeline.annotate.cues import hints_of
from pipeline.commands import learn, material
from pipeline.errors import SettingsError
from pipeline.learn import corpus, fit, measure


def accuracy(model, examples, cues):
    pairs = [
        (role.name == said_role, topic.name == said_topic)
        for example in examples
        for (role, topic), said_role, said_topic in zip(
            classify.labels(model, example.report, cues), example.roles, example.topics, strict=True
        )
    ]
    return sum(pair[0] for pair in pairs) / len(pairs), sum(pair[1] for pair in pairs) / len(pairs)


def test_the_shipped_model_holds_its_floors_on_reports_it_has_not_seen(samples, cues):
    role, topic = accuracy(classify.load(), samples, cues)
    assert role >= 0.95
    assert topic >= 0.93


def test_learning_from_a_tenth_already_teaches(root, configured, cut, cues, samples):
    few = material.examples(corpus.read(root / "corpora/train")[::7], configured, cut)
    roles, topics = categories.both(configured.categories)
    model = fit.fit(few, cues, roles.standard, topics.standard).model
    role, topic = accuracy(model, samples, cues)
    assert role > 0.75
    assert topic > 0.6


def test_the_same_report_gets_the_same_scores_in_every_process(cues):
    counts = hints_of(["理论", "宣讲", "志愿服务", "文明创建", "舆情", "问题"], cues)
    assert len(counts) > 2
    assert list(counts) == sorted(counts)  # never the order of a set, that each process has its own of


def test_a_model_comes_back_from_its_file_as_it_went(tmp_path, samples, cues):
    model = classify.load()
    classify.save(model, tmp_path / "m.npz")
    again = classify.load(tmp_path / "m.npz")
    one, other = (classify.labels(each, samples[0].report, cues) for each in (model, again))
    assert [pair[0].name for pair in one] == [pair[0].name for pair in other]
    with np.load(tmp_path / "m.npz", allow_pickle=False) as arrays:
        assert {array.dtype.kind for array in arrays.values()} <= {"f", "u"}


def test_a_file_that_is_no_model_is_named(tmp_path):
    (tmp_path / "m.npz").write_bytes(b"nothing")
    with pytest.raises(SettingsError, match="zongjie learn"):
        classify.load(tmp_path / "m.npz")


def test_labels_are_probabilities_with_three_best(samples, cues):
    for role, topic in classify.labels(classify.load(), samples[0].report, cues):
        for label in (role, topic):
            assert 0 < label.score <= 1
            assert len(label.top) == 3
            assert label.top[0] == (label.name, label.score)
            assert sum(score for _, score in label.top) <= 1.001


def test_the_words_that_decided_are_told_where_there_is_doubt(samples, cues):
    model = classify.load()
    for example in samples[:4]:
        for pair in classify.labels(model, example.report, cues):
            assert all(not label.words for label in pair if label.sure)
        text = example.report.document.text
        told = classify.labels(model, example.report, cues, why=True)
        assert sum(bool(topic.words) for _, topic in told) > 0.8 * len(told)
        assert all(word in text for _, topic in told for word in topic.words)


def test_the_card_tells_figures_of_reports_that_were_held_out(root):
    card = classify.load().card
    assert card["held_out"]["role"]["macro_f1"] >= 0.93
    assert card["held_out"]["topic"]["macro_f1"] >= 0.848
    assert card["held_out"]["role"]["calibration"]["error"] <= 0.05
    _, held = corpus.parts(corpus.read(root / "corpora/train"))
    named = (root / "corpora/README.md").read_text(encoding="utf-8")
    assert all(report.name.removesuffix(".tsv") in named for report in held)


def test_suspected_label_errors_are_found(root, tmp_path, command, capsys):
    for path in sorted((root / "corpora/train").glob("c*.tsv")):
        shutil.copy(path, tmp_path)
    path = tmp_path / "c04.tsv"
    lines = path.read_text(encoding="utf-8").split("\n")
    number = next(n for n, line in enumerate(lines) if line.startswith("achievement\tnews\t") and "用稿" in line)
    lines[number] = lines[number].replace("\tnews\t", "\trural\t")
    path.write_text("\n".join(lines), encoding="utf-8")
    assert command(learn, "--corpora", str(tmp_path), "--suspects", "--json") == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert ("c04.tsv", number + 1, "topic") in {(row["file"], row["line"], row["axis"]) for row in rows}


def test_at_run_time_scikit_learn_is_not_imported():
    code = "import sys; from pipeline.engine import tools; tools.ready(None); print('sklearn' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_our_measure_agrees_with_the_standard_one(shared, tmp_path):
    """The same predictions scored by both."""
    gold = [json.loads(line) for line in (shared / "gold/paragraphs.jsonl").read_text(encoding="utf-8").splitlines()]
    said = json.loads(json.dumps(gold))
    for number, row in enumerate(said):
        row["role"] = "plan" if number % 7 == 0 else row["role"]
        row["facts"] = [fact | {"kind": "target"} for fact in row["facts"][number % 2 :]]
    path = tmp_path / "said.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in said), encoding="utf-8")
    command = [sys.executable, str(shared / "score.py"), str(shared / "gold/paragraphs.jsonl"), str(path), "--json"]
    theirs = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    ours = measure.score(gold, said)
    for name in ("span", "whole", "fields", "honours", "facts_gold", "facts_said"):
        assert ours[name] == theirs[name]
    for axis in ("role", "topic"):
        assert ours[axis]["accuracy"] == theirs[axis]["accuracy"]
        assert ours[axis]["macro_f1"] == theirs[axis]["macro_f1"]
