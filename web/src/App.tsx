import { Alert, Button, Center, Loader, Stack as Column, Text } from "@mantine/core";
import { useCallback, useEffect, useState } from "react";
import { BrowserRouter, Navigate, Route, Routes, useParams } from "react-router";
import { ApiError, api } from "./api/client";
import type { Project } from "./api/types";
import { EnvironmentProvider } from "./live/environment";
import { ContainersPage } from "./pages/Containers";
import { HostsPage } from "./pages/Hosts";
import { Shell } from "./pages/Shell";
import { StacksPage } from "./pages/Stacks";

/** The whole page: signs in where needed, finds the environments and shows one of them. */
export function App() {
  const [projects, setProjects] = useState<Project[] | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const load = useCallback(() => {
    setError(null);
    api.all<Project>("/v2-beta/projects").then(setProjects, setError);
  }, []);
  useEffect(load, [load]);

  const locked = error instanceof ApiError && error.status === 401;
  useEffect(() => {
    // Nobody has set up access control yet: the server's own page asks for the secret that its terminal shows.
    if (locked) location.replace(`/setup${location.hash}`);
  }, [locked]);
  if (locked) return null;
  if (error) return <Failure error={error} retry={load} />;
  if (!projects) {
    return (
      <Center h="100vh">
        <Loader aria-label="Loading" />
      </Center>
    );
  }
  const first = projects[0];
  if (!first) return <Failure error={new Error("You are a member of no environment.")} retry={load} />;
  return (
    <BrowserRouter>
      <Routes>
        <Route path="/env/:projectId" element={<EnvironmentPages projects={projects} />}>
          <Route index element={<Navigate to="apps" replace />} />
          <Route path="apps" element={<StacksPage />} />
          <Route path="containers" element={<ContainersPage />} />
          <Route path="hosts" element={<HostsPage />} />
          <Route path="*" element={<Text>There is no such page. Choose one on the left.</Text>} />
        </Route>
        <Route path="*" element={<Navigate to={`/env/${first.id}/apps`} replace />} />
      </Routes>
    </BrowserRouter>
  );
}

function EnvironmentPages({ projects }: { projects: Project[] }) {
  const { projectId = "" } = useParams();
  return (
    <EnvironmentProvider key={projectId} projectId={projectId}>
      <Shell projects={projects} />
    </EnvironmentProvider>
  );
}

function Failure({ error, retry }: { error: Error; retry: () => void }) {
  return (
    <Center h="100vh" p="md">
      <Column>
        <Alert color="red" title="The server did not answer as hoped">
          {error.message}
        </Alert>
        <Button onClick={retry}>Try again</Button>
      </Column>
    </Center>
  );
}
