"""VowpalWabbit as a policy of the simulator, over standard input and output, a JSON line each.

    pip install vowpalwabbit==9.11.9        (its WebAssembly package is not on the npm registry)

Lists are conditional contextual bandits (--ccb_explore_adf): one slot a place, the CANDIDATES
most popular items not shown yet as actions, each described by its popularity and its tower
vector. It starts every visitor from what it learned of earlier visitors' sessions.
"""
import json
import os
import sys

import vowpalwabbit

CANDIDATES = 300
OPTIONS = "--ccb_explore_adf --epsilon 0.02 --cb_type mtr --learning_rate {rate} --power_t 0 --quiet"


def open_model(rate, initial=None, save=None):
    options = OPTIONS.format(rate=rate)
    if initial:
        options += f" --initial_regressor {initial}"
    if save:
        options += f" --final_regressor {save}"
    return vowpalwabbit.Workspace(options)


class Peer:
    def __init__(self, catalogue):
        with open(catalogue, encoding="utf8") as file:
            data = json.load(file)
        self.lines = [describe(row) for row in data["features"]]
        self.order = data["order"]
        self.rate = data["rate"]
        self.saved = data["model"]
        self.model = None
        self.known = set()

    def start(self, warm):
        if self.model is not None:
            self.model.finish()
        self.known = set()
        has_saved = os.path.exists(self.saved)
        self.model = open_model(
            self.rate,
            initial=self.saved if has_saved else None,
            save=self.saved if warm else None,
        )

    def list(self, count):
        actions = [i for i in self.order if i not in self.known][:CANDIDATES]
        lines = ["ccb shared |"] + [f"ccb action |{self.lines[i]}" for i in actions]
        lines += ["ccb slot |"] * count
        example = self.model.parse(
            "\n".join(lines), vowpalwabbit.LabelType.CONDITIONAL_CONTEXTUAL_BANDIT
        )
        slots = self.model.predict(example)
        self.model.finish_example(example)
        self.shown = {actions[slot[0][0]]: slot[0][1] for slot in slots}
        return [actions[slot[0][0]] for slot in slots]

    def observe(self, seen, opened):
        self.known.update(seen)
        won = set(opened)
        shown = getattr(self, "shown", {})
        lines = ["ccb shared |"] + [f"ccb action |{self.lines[i]}" for i in seen]
        lines += [
            f"ccb slot {n}:{-1.0 if i in won else 0.0}:{max(0.05, shown.get(i, 1.0))} |"
            for n, i in enumerate(seen)
        ]
        example = self.model.parse(
            "\n".join(lines), vowpalwabbit.LabelType.CONDITIONAL_CONTEXTUAL_BANDIT
        )
        self.model.learn(example)
        self.model.finish_example(example)


def describe(row):
    vector = " ".join(f"{d}:{value:.4f}" for d, value in enumerate(row[1:]) if value)
    return f"p pop:{row[0]:.4f} |t {vector}"


def main():
    peer = Peer(sys.argv[1])
    for line in sys.stdin:
        call = json.loads(line)
        kind = call["kind"]
        if kind == "start":
            peer.start(call["warm"])
            answer = {}
        elif kind == "list":
            answer = {"items": peer.list(call["count"])}
        elif kind == "observe":
            peer.observe(call["seen"], call["opened"])
            answer = {}
        else:
            peer.model.finish()
            return
        print(json.dumps(answer), flush=True)


main()
