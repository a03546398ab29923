"""The training loop: seeded, in bfloat16 where the processor has it, saved and resumed every few hundred steps."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from qa.training.batches import EncodedExample, batch_plan, collate
from qa.training.network import ReaderNetwork, reader_loss

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TrainingPlan:
    """What decides the result of a run; the same plan, data and start weights give the same weights on one machine."""

    epochs: int = 1
    steps: int | None = None  # None: every batch of every epoch
    batch_size: int = 24
    encoder_rate: float = 8e-5
    head_rate: float = 4e-4
    warmup_share: float = 0.05
    weight_decay: float = 0.01
    checkpoint_every: int = 200
    seed: int = 13


def train_reader(
    network: ReaderNetwork, examples: Sequence[EncodedExample], plan: TrainingPlan, folder: Path
) -> ReaderNetwork:
    """Fine-tunes `network` in place; goes on from `folder`/checkpoint.pt when there is one."""
    torch.manual_seed(plan.seed)
    schedule = [
        batch
        for epoch in range(plan.epochs)
        for batch in batch_plan(examples, size=plan.batch_size, seed=plan.seed + epoch)
    ]
    schedule = schedule[: plan.steps]
    for parameter in network.encoder.embeddings.parameters():  # type: ignore[union-attr]
        parameter.requires_grad_(False)
    optimiser = torch.optim.AdamW(
        _parameter_groups(network, plan), weight_decay=plan.weight_decay, fused=True
    )
    rates = [group["lr"] for group in optimiser.param_groups]
    checkpoint = folder / "checkpoint.pt"
    done = _resume(checkpoint, network, optimiser)
    network.train()
    began, seen, mean_loss = time.monotonic(), 0, 0.0
    for step in range(done, len(schedule)):
        for group, rate in zip(optimiser.param_groups, rates, strict=True):
            group["lr"] = rate * _schedule(step, len(schedule), plan.warmup_share)
        batch = collate([examples[index] for index in schedule[step]])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            outputs = network(batch["input_ids"], batch["attention_mask"], batch["token_type_ids"])
        loss = reader_loss(
            outputs, batch["starts"], batch["ends"], batch["answerable"], batch["weights"], batch["allowed"]
        )
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad()
        seen += len(schedule[step])
        mean_loss = loss.item() if mean_loss == 0.0 else 0.98 * mean_loss + 0.02 * loss.item()
        if (step + 1) % 20 == 0:
            log.info(
                "step %d/%d loss %.3f %.1f examples/s",
                step + 1,
                len(schedule),
                mean_loss,
                seen / (time.monotonic() - began),
            )
        if (step + 1) % plan.checkpoint_every == 0 or step + 1 == len(schedule):
            _save(checkpoint, network, optimiser, step + 1)
    return network.eval()


def mean_weights(states: Sequence[Mapping[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
    """The mean of several rounds' weights, which errs less than the last (model soups, Wortsman et al. 2022)."""
    return {name: torch.stack([state[name].float() for state in states]).mean(dim=0) for name in states[0]}


def _parameter_groups(network: ReaderNetwork, plan: TrainingPlan) -> list[dict[str, object]]:
    heads = [*network.span.parameters(), *network.answerable.parameters()]
    encoder = [parameter for parameter in network.encoder.parameters() if parameter.requires_grad]
    return [{"params": encoder, "lr": plan.encoder_rate}, {"params": heads, "lr": plan.head_rate}]


def _schedule(step: int, total: int, warmup_share: float) -> float:
    warmup = max(1, math.ceil(total * warmup_share))
    return min((step + 1) / warmup, max(0.0, (total - step) / max(1, total - warmup)))


def _save(path: Path, network: ReaderNetwork, optimiser: torch.optim.Optimizer, step: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    torch.save({"network": network.state_dict(), "optimiser": optimiser.state_dict(), "step": step}, fresh)
    fresh.replace(path)


def _resume(path: Path, network: ReaderNetwork, optimiser: torch.optim.Optimizer) -> int:
    if not path.exists():
        return 0
    state = torch.load(path, weights_only=True)
    network.load_state_dict(state["network"])
    optimiser.load_state_dict(state["optimiser"])
    log.info("resumed at step %d", state["step"])
    return int(state["step"])
