import { Button, Card, Group, SimpleGrid, Stack as Column, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import type { Container, Host } from "../api/types";
import { useList } from "../live/environment";
import { Empty } from "../parts/Empty";
import { ResourceMenu } from "../parts/ResourceMenu";
import { StateChip, WhyText } from "../parts/StateChip";
import { AddHost } from "./AddHost";

/** The hosts of the environment. */
export function HostsPage() {
  const hosts = useList<Host>("host");
  const containers = useList<Container>("instance");
  const [adding, { open, close }] = useDisclosure(false);
  return (
    <Column>
      <Group justify="space-between">
        <Title order={1} size="h2">
          Hosts
        </Title>
        <Button onClick={open}>Add host</Button>
      </Group>
      {hosts.length === 0 && (
        <Empty title="No hosts yet">
          <Text c="dimmed">Any Linux machine with Docker joins with one command.</Text>
          <Button onClick={open}>Show the command</Button>
        </Empty>
      )}
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
        {hosts.map((host) => (
          <HostCard key={host.id} host={host} containers={containers.filter((c) => c.hostId === host.id)} />
        ))}
      </SimpleGrid>
      <AddHost opened={adding} onClose={close} />
    </Column>
  );
}

function HostCard({ host, containers }: { host: Host; containers: Container[] }) {
  const facts = [
    host.agentIpAddress,
    host.info?.cpuInfo?.count && `${host.info.cpuInfo.count} CPUs`,
    host.info?.memoryInfo?.memTotal && `${(host.info.memoryInfo.memTotal / 1024).toFixed(1)} GiB`,
    host.info?.osInfo?.dockerVersion?.replace(/^Docker version /, "Docker "),
  ].filter(Boolean);
  const running = containers.filter((c) => c.state === "running").length;
  return (
    <Card withBorder radius="md" padding="md" component="section" aria-label={`Host ${host.name ?? host.hostname}`}>
      <Group justify="space-between" wrap="nowrap">
        <Group gap="sm">
          <Title order={2} size="h4">
            {host.name ?? host.hostname ?? host.id}
          </Title>
          <StateChip resource={host} />
        </Group>
        <ResourceMenu
          resource={host}
          kind="host"
          actions={[
            { name: "activate", label: "Activate" },
            { name: "deactivate", label: "Deactivate" },
          ]}
          consequence={`${running} running containers are no longer looked after; services start theirs on other hosts.`}
        />
      </Group>
      <WhyText resource={host} />
      <Text size="sm" c="dimmed" mt="xs">
        {facts.join(" · ")}
      </Text>
      <Text size="sm" mt={4}>
        {running} of {containers.length} containers running
      </Text>
    </Card>
  );
}
