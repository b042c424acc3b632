import { Alert, Button, FileInput, Group, Modal, Stack as Column, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { ApiError, api } from "../api/client";
import type { Resource } from "../api/types";
import { useEnvironment } from "../live/environment";

const empty = { name: "", dockerCompose: "", rancherCompose: "" };

/** Launches a stack from compose files, pasted or picked. */
export function NewStack({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { projectId, resources } = useEnvironment();
  const [form, setForm] = useState(empty);
  const [error, setError] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  const set = (change: Partial<typeof empty>) => setForm((old) => ({ ...old, ...change }));
  const errorOf = (field: string) => (error?.fieldName === field ? error.message : undefined);

  const launch = async () => {
    setBusy(true);
    setError(null);
    try {
      resources.apply(
        await api.post<Resource>(`/v2-beta/projects/${projectId}/stacks`, {
          name: form.name,
          ...(form.dockerCompose && { dockerCompose: form.dockerCompose }),
          ...(form.rancherCompose && { rancherCompose: form.rancherCompose }),
          startOnCreate: true,
        }),
      );
      setForm(empty);
      onClose();
    } catch (failure) {
      setError(failure as ApiError);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Modal opened={opened} onClose={onClose} title="New stack" size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void launch();
        }}
      >
        <Column>
          <TextInput label="Name" required data-autofocus value={form.name} error={errorOf("name")} onChange={(e) => set({ name: e.currentTarget.value })} />
          <ComposeInput label="docker-compose.yml" value={form.dockerCompose} error={errorOf("dockerCompose")} onChange={(dockerCompose) => set({ dockerCompose })} />
          <ComposeInput label="rancher-compose.yml" value={form.rancherCompose} error={errorOf("rancherCompose")} onChange={(rancherCompose) => set({ rancherCompose })} />
          {error && (
            <Alert color="red" title="The stack was not launched" style={{ whiteSpace: "pre-wrap" }}>
              {error.message}
            </Alert>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={busy}>
              Launch
            </Button>
          </Group>
        </Column>
      </form>
    </Modal>
  );
}

interface ComposeInputProps {
  label: string;
  value: string;
  error?: string;
  onChange: (text: string) => void;
}

function ComposeInput({ label, value, error, onChange }: ComposeInputProps) {
  return (
    <Column gap={4}>
      <Textarea
        label={label}
        error={error}
        autosize
        minRows={4}
        maxRows={14}
        spellCheck={false}
        styles={{ input: { fontFamily: "monospace", fontSize: 13 } }}
        value={value}
        onChange={(e) => onChange(e.currentTarget.value)}
      />
      <FileInput size="xs" placeholder={`or pick a ${label}`} accept=".yml,.yaml" clearable aria-label={`File of ${label}`} onChange={(file) => void file?.text().then(onChange)} />
    </Column>
  );
}
