import { Badge, Text, Tooltip } from "@mantine/core";
import type { Resource, Why } from "../api/types";
import { useNow } from "../live/environment";
import { duration, groupOf, shownState, whyText, type Group } from "../live/states";

const looks: Record<Group, { colour: string; shape: string }> = {
  ok: { colour: "green", shape: "●" },
  progress: { colour: "blue", shape: "◔" },
  attention: { colour: "yellow", shape: "▲" },
  failed: { colour: "red", shape: "✕" },
  off: { colour: "gray", shape: "◌" },
  unknown: { colour: "gray", shape: "?" },
};

/** The state of a resource: colour, shape and word. */
export function StateChip({ resource }: { resource: Resource }) {
  const { colour, shape } = looks[groupOf(resource)];
  const state = shownState(resource);
  const chip = (
    <Badge color={colour} variant="light" tt="none" leftSection={<span aria-hidden>{shape}</span>} data-state={state}>
      {state === "started-once" ? "completed" : state}
    </Badge>
  );
  return resource.transitioningMessage ? <Tooltip label={resource.transitioningMessage}>{chip}</Tooltip> : chip;
}

/** One sentence of cause below what is not at rest. */
export function WhyText({ resource }: { resource: Resource }) {
  const text = whyText(resource);
  if (!text) return null;
  const failed = groupOf(resource) === "failed";
  return (
    <Text size="sm" c={failed ? "red" : "dimmed"} data-why>
      {text}
      {resource.drover?.why && <Waiting why={resource.drover.why} />}
    </Text>
  );
}

function Waiting({ why }: { why: Why }) {
  const now = useNow();
  const next = why.nextTry ? Date.parse(why.nextTry) - now : null;
  return (
    <>
      {" · "}for {duration(Date.parse(why.since), now)}
      {next !== null && next > 0 && <> · next try in {Math.ceil(next / 1000)} s</>}
    </>
  );
}
