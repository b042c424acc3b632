import { Alert, Button, Center, Paper, PasswordInput, Stack as Column, Text, Title } from "@mantine/core";
import { useCallback, useEffect, useState } from "react";
import { api } from "../api/client";
import { secretIn } from "./secret";

/** Asks for the secret that the server printed on its terminal. The printed address carries it behind `#`, which no server ever sees. */
export function SetupPage({ onDone }: { onDone: () => void }) {
  const [secret, setSecret] = useState("");
  const [error, setError] = useState<Error | null>(null);
  const unlock = useCallback(
    (value: string) => {
      setError(null);
      api.post("/v1/setup", { secret: value }).then(onDone, setError);
    },
    [onDone],
  );
  useEffect(() => {
    const given = secretIn(location.hash);
    if (!given) return;
    history.replaceState(null, "", location.pathname);
    unlock(given);
  }, [unlock]);

  return (
    <Center h="100vh" p="md">
      <Paper withBorder p="xl" radius="md" maw={460}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            unlock(secret.trim());
          }}
        >
          <Column>
            <Title order={1} size="h3">
              Welcome to Drover
            </Title>
            <Text>Nobody has set up access control yet, so this server only trusts those who can read its terminal. Enter the secret that was printed when it started.</Text>
            <PasswordInput label="Secret" required data-autofocus value={secret} onChange={(e) => setSecret(e.currentTarget.value)} />
            {error && <Alert color="red">{error.message}</Alert>}
            <Button type="submit">Continue</Button>
          </Column>
        </form>
      </Paper>
    </Center>
  );
}
