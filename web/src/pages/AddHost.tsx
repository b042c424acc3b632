import { Alert, Button, Code, CopyButton, Group, Loader, Modal, Stack as Column, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { api } from "../api/client";
import type { RegistrationToken } from "../api/types";
import { useEnvironment, useList } from "../live/environment";

/** Shows the command that joins a host, and says so when one has joined. */
export function AddHost({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { projectId } = useEnvironment();
  const hosts = useList("host").length;
  const [before, setBefore] = useState(hosts);
  const [token, setToken] = useState<RegistrationToken | null>(null);
  const [error, setError] = useState<Error | null>(null);

  useEffect(() => {
    if (!opened) return;
    let open = true;
    setBefore(hosts);
    setError(null);
    findToken(projectId).then(
      (found) => open && setToken(found),
      (failure: Error) => open && setError(failure),
    );
    return () => {
      open = false;
    };
    // The count of hosts is taken once, when the dialog opens.
  }, [opened, projectId]);

  return (
    <Modal opened={opened} onClose={onClose} title="Add a host" size="lg">
      <Column>
        <Text>Run this on any Linux machine with Docker that reaches this server:</Text>
        {error && <Alert color="red">{error.message}</Alert>}
        {!token && !error && <Loader size="sm" />}
        {token?.command && (
          <>
            <Code block style={{ whiteSpace: "pre-wrap", wordBreak: "break-all" }}>
              {token.command}
            </Code>
            <Group justify="space-between">
              <Text size="sm" c={hosts > before ? "green" : "dimmed"} role="status">
                {hosts > before ? "A host has joined." : "Waiting for a host to join…"}
              </Text>
              <CopyButton value={token.command}>
                {({ copied, copy }) => <Button onClick={copy}>{copied ? "Copied" : "Copy command"}</Button>}
              </CopyButton>
            </Group>
          </>
        )}
      </Column>
    </Modal>
  );
}

/** The environment's token; made where there is none yet. */
async function findToken(projectId: string): Promise<RegistrationToken> {
  const url = `/v2-beta/projects/${projectId}/registrationtokens`;
  const tokens = await api.all<RegistrationToken>(`${url}?state=active`);
  const usable = tokens.find((t) => t.command) ?? (await api.post<RegistrationToken>(url, {}));
  return usable.command ? usable : api.get<RegistrationToken>(`${url}/${usable.id}`);
}
