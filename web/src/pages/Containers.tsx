import { Badge, Stack as Column, Table, Text, TextInput, Title } from "@mantine/core";
import { useState } from "react";
import type { Container, Host } from "../api/types";
import { useEnvironment, useList } from "../live/environment";
import { Empty } from "../parts/Empty";
import { ResourceMenu } from "../parts/ResourceMenu";
import { StateChip, WhyText } from "../parts/StateChip";

/** Rows beyond this are not drawn at once; the filter finds them. */
const rowLimit = 500;

/** All containers of the environment, those started by hand included. */
export function ContainersPage() {
  const containers = useList<Container>("instance");
  const [filter, setFilter] = useState("");
  const word = filter.trim().toLowerCase();
  const shown = containers.filter((c) => !word || [c.name, c.imageUuid, c.state, c.primaryIpAddress].some((text) => text?.toLowerCase().includes(word)));
  return (
    <Column>
      <Title order={1} size="h2">
        Containers
      </Title>
      {containers.length === 0 ? (
        <Empty title="No containers yet">
          <Text c="dimmed">Launch a stack, or start one with docker run: it appears here.</Text>
        </Empty>
      ) : (
        <>
          <TextInput placeholder="Filter by name, image, state or address" value={filter} onChange={(e) => setFilter(e.currentTarget.value)} aria-label="Filter containers" />
          <ContainerTable containers={shown.slice(0, rowLimit)} />
          <Text size="sm" c="dimmed">
            {shown.length > rowLimit ? `The first ${rowLimit} of ${shown.length}; filter to see others.` : `${shown.length} of ${containers.length}`}
          </Text>
        </>
      )}
    </Column>
  );
}

export function ContainerTable({ containers, nested = false }: { containers: Container[]; nested?: boolean }) {
  const { resources } = useEnvironment();
  return (
    <Table.ScrollContainer minWidth={560}>
      <Table verticalSpacing={nested ? 4 : "xs"} withRowBorders={!nested}>
        {!nested && (
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Container</Table.Th>
              <Table.Th>State</Table.Th>
              <Table.Th>Address</Table.Th>
              <Table.Th>Host</Table.Th>
              <Table.Th>Image</Table.Th>
              <Table.Th aria-label="Actions" />
            </Table.Tr>
          </Table.Thead>
        )}
        <Table.Tbody>
          {containers.map((c) => (
            <Table.Tr key={c.id} data-container={c.name}>
              <Table.Td>
                {c.name ?? c.id} {c.nativeContainer && <Badge size="xs" variant="outline" tt="none">started by hand</Badge>}
                <WhyText resource={c} />
              </Table.Td>
              <Table.Td>
                <StateChip resource={c} />
              </Table.Td>
              <Table.Td ff="monospace" fz="sm">
                {c.primaryIpAddress}
              </Table.Td>
              <Table.Td>{hostName(resources.find<Host>("host", c.hostId))}</Table.Td>
              <Table.Td ff="monospace" fz="sm">
                {nested ? null : c.imageUuid?.replace(/^docker:/, "")}
              </Table.Td>
              <Table.Td ta="right">
                <ResourceMenu
                  resource={c}
                  kind="container"
                  actions={[
                    { name: "start", label: "Start" },
                    { name: "stop", label: "Stop" },
                    { name: "restart", label: "Restart" },
                  ]}
                  consequence={c.serviceId ? "Its service starts a new one in its place." : undefined}
                />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function hostName(host: Host | undefined): string | null | undefined {
  return host && (host.name ?? host.hostname);
}
