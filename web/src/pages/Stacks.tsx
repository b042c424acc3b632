import { Anchor, Badge, Button, Group, Paper, Stack as Column, Table, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import type { Container, Service, Stack } from "../api/types";
import { useList } from "../live/environment";
import { Empty } from "../parts/Empty";
import { ResourceMenu } from "../parts/ResourceMenu";
import { ScaleControl } from "../parts/ScaleControl";
import { StateChip, WhyText } from "../parts/StateChip";
import { ContainerTable } from "./Containers";
import { NewStack } from "./NewStack";

/** How an upgrade of a service or a stack goes on or ends. */
const upgradeActions = [
  { name: "finishupgrade", label: "Finish upgrade" },
  { name: "cancelupgrade", label: "Pause upgrade" },
  { name: "continueupgrade", label: "Continue upgrade" },
  { name: "rollback", label: "Roll back" },
];

/** All stacks with their services and containers. */
export function StacksPage() {
  const stacks = useList<Stack>("stack");
  const services = useList<Service>("service");
  const [creating, { open, close }] = useDisclosure(false);
  return (
    <Column>
      <Group justify="space-between">
        <Title order={1} size="h2">
          Stacks
        </Title>
        <Button onClick={open}>New stack</Button>
      </Group>
      {stacks.length === 0 && (
        <Empty title="No stacks yet">
          <Text c="dimmed">A stack is a docker-compose.yml whose services Drover keeps running.</Text>
          <Button onClick={open}>Launch one from compose files</Button>
        </Empty>
      )}
      {stacks.map((stack) => (
        <StackCard key={stack.id} stack={stack} services={services.filter((s) => s.stackId === stack.id)} />
      ))}
      <NewStack opened={creating} onClose={close} />
    </Column>
  );
}

function StackCard({ stack, services }: { stack: Stack; services: Service[] }) {
  return (
    <Paper withBorder radius="md" p="md" component="section" aria-label={`Stack ${stack.name}`}>
      <Group justify="space-between" mb={services.length ? "sm" : 0}>
        <Group gap="sm">
          <Title order={2} size="h4">
            {stack.name}
          </Title>
          <StateChip resource={stack} />
          {stack.system && <Badge variant="outline">system</Badge>}
        </Group>
        <ResourceMenu
          resource={stack}
          kind="stack"
          actions={[
            ...upgradeActions,
            { name: "activateservices", label: "Start services" },
            { name: "deactivateservices", label: "Stop services" },
          ]}
          consequence={`Its ${services.length === 1 ? "service" : `${services.length} services`} and all their containers go with it; named volumes stay.`}
        />
      </Group>
      <WhyText resource={stack} />
      {services.length > 0 && (
        <Table.ScrollContainer minWidth={560}>
          <Table verticalSpacing="xs">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Service</Table.Th>
                <Table.Th>State</Table.Th>
                <Table.Th>Scale</Table.Th>
                <Table.Th>Image</Table.Th>
                <Table.Th aria-label="Actions" />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {services.map((service) => (
                <ServiceRows key={service.id} service={service} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Paper>
  );
}

function ServiceRows({ service }: { service: Service }) {
  const [open, setOpen] = useState(false);
  const containers = useList<Container>("instance").filter((c) => c.serviceId === service.id || c.serviceIds?.includes(service.id));
  const image = service.launchConfig?.imageUuid?.replace(/^docker:/, "");
  return (
    <>
      <Table.Tr data-service={service.name}>
        <Table.Td>
          <Anchor component="button" type="button" onClick={() => setOpen(!open)} aria-expanded={open}>
            {open ? "▾" : "▸"} {service.name}
          </Anchor>
          <WhyText resource={service} />
        </Table.Td>
        <Table.Td>
          <StateChip resource={service} />
        </Table.Td>
        <Table.Td>{service.launchConfig && <ScaleControl service={service} />}</Table.Td>
        <Table.Td>
          <Text size="sm" ff="monospace">
            {image}
          </Text>
          <Endpoints service={service} />
        </Table.Td>
        <Table.Td ta="right">
          <ResourceMenu
            resource={service}
            kind="service"
            actions={[
              ...upgradeActions,
              { name: "activate", label: "Start" },
              { name: "deactivate", label: "Stop" },
              { name: "restart", label: "Restart" },
            ]}
            consequence={`Its ${containers.length === 1 ? "container goes" : `${containers.length} containers go`} with it.`}
          />
        </Table.Td>
      </Table.Tr>
      {open && (
        <Table.Tr>
          <Table.Td colSpan={5} p={0} pl="lg">
            <ContainerTable containers={containers} nested />
          </Table.Td>
        </Table.Tr>
      )}
    </>
  );
}

function Endpoints({ service }: { service: Service }) {
  return (
    <Group gap={6}>
      {service.publicEndpoints?.map((e) => (
        <Anchor key={`${e.ipAddress}:${e.port}`} href={`http://${e.ipAddress}:${e.port}`} target="_blank" rel="noreferrer" size="xs">
          :{e.port}
        </Anchor>
      ))}
    </Group>
  );
}
