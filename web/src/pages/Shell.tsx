import { ActionIcon, Alert, AppShell, Burger, Group, NavLink, Select, Text, Tooltip, useMantineColorScheme } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { NavLink as RouterLink, Outlet, useLocation, useNavigate } from "react-router";
import type { Project } from "../api/types";
import { useEnvironment, useList } from "../live/environment";
import type { Link } from "../live/connection";

const links: Record<Link, { colour: string; text: string }> = {
  live: { colour: "var(--mantine-color-green-6)", text: "Live" },
  connecting: { colour: "var(--mantine-color-yellow-6)", text: "Connecting" },
  lost: { colour: "var(--mantine-color-red-6)", text: "Live updates paused: the server does not answer" },
};

const pages = [
  { path: "apps", label: "Stacks", type: "stack" },
  { path: "containers", label: "Containers", type: "instance" },
  { path: "hosts", label: "Hosts", type: "host" },
];

/** The frame around the pages of one environment. */
export function Shell({ projects }: { projects: Project[] }) {
  const { projectId, link, error } = useEnvironment();
  const [opened, { toggle, close }] = useDisclosure(false);
  const navigate = useNavigate();
  return (
    <AppShell header={{ height: 52 }} navbar={{ width: 200, breakpoint: "sm", collapsed: { mobile: !opened } }} padding="md">
      <AppShell.Header px="md">
        <Group h="100%" justify="space-between" wrap="nowrap">
          <Group wrap="nowrap">
            <Burger opened={opened} onClick={toggle} hiddenFrom="sm" size="sm" aria-label="Menu" />
            <Text fw={700} size="lg">
              Drover
            </Text>
            <Select
              aria-label="Environment"
              data={projects.map((p) => ({ value: p.id, label: p.name ?? p.id }))}
              value={projectId}
              allowDeselect={false}
              w={{ base: 120, xs: 180 }}
              size="xs"
              onChange={(id) => id && navigate(`/env/${id}/apps`)}
            />
          </Group>
          <Group gap="md" wrap="nowrap">
            <Tooltip label={links[link].text}>
              <span role="status" aria-label={links[link].text} data-link={link} style={{ color: links[link].colour }}>
                ●
              </span>
            </Tooltip>
            <SchemeSwitch />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" onClick={close}>
        {pages.map((page) => (
          <PageLink key={page.path} {...page} to={`/env/${projectId}/${page.path}`} />
        ))}
      </AppShell.Navbar>
      <AppShell.Main>
        {link === "lost" && (
          <Alert color="yellow" mb="md" title="Live updates are paused">
            {error?.message ?? "The server does not answer; what you see may be old."} Trying again…
          </Alert>
        )}
        <Outlet />
      </AppShell.Main>
    </AppShell>
  );
}

function PageLink({ to, label, type }: { to: string; label: string; type: string }) {
  const count = useList(type).length;
  const { pathname } = useLocation();
  return <NavLink component={RouterLink} to={to} label={label} active={pathname.startsWith(to)} rightSection={<Text size="xs" c="dimmed">{count}</Text>} />;
}

function SchemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const next = colorScheme === "light" ? "dark" : colorScheme === "dark" ? "auto" : "light";
  return (
    <Tooltip label={`Theme: ${colorScheme}`}>
      <ActionIcon variant="subtle" color="gray" onClick={() => setColorScheme(next)} aria-label={`Theme: ${colorScheme}; change to ${next}`}>
        ◐
      </ActionIcon>
    </Tooltip>
  );
}
