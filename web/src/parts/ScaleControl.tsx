import { ActionIcon, Group, Text } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useEffect, useState } from "react";
import { api } from "../api/client";
import type { Service } from "../api/types";
import { useAct } from "./act";

/** How many deployment units run of how many are wanted, with one more and one fewer. */
export function ScaleControl({ service }: { service: Service }) {
  const running = service.currentScale ?? 0;
  const act = useAct();
  const [wanted, setWanted] = useState(service.scale);
  useEffect(() => setWanted(service.scale), [service.scale]);
  const send = useDebouncedCallback(async (scale: number) => {
    if (!(await act(`scale ${service.name}`, () => api.update(service, { scale })))) setWanted(service.scale);
  }, 300);
  const change = (scale: number) => {
    setWanted(scale);
    send(scale);
  };
  return (
    <Group gap={6} wrap="nowrap">
      <ActionIcon size="sm" variant="default" disabled={wanted <= 0} onClick={() => change(wanted - 1)} aria-label={`One fewer ${service.name}`}>
        −
      </ActionIcon>
      <Text size="sm" ta="center" miw={44} data-scale={wanted} aria-live="polite">
        {running === wanted ? wanted : `${running} / ${wanted}`}
      </Text>
      <ActionIcon size="sm" variant="default" onClick={() => change(wanted + 1)} aria-label={`One more ${service.name}`}>
        +
      </ActionIcon>
    </Group>
  );
}
