import { ActionIcon, Button, Group, Menu, Modal, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { api } from "../api/client";
import type { Resource } from "../api/types";
import { useAct } from "./act";

interface Props {
  resource: Resource;
  /** What the resource is to people, such as "service". */
  kind: string;
  /** Actions in the order to show them; those that the resource does not offer now are left out. */
  actions: { name: string; label: string }[];
  /** What removing it takes along. */
  consequence?: string;
}

/** The actions of a resource, with a question before it is removed. */
export function ResourceMenu({ resource, kind, actions, consequence }: Props) {
  const act = useAct();
  const [asking, { open, close }] = useDisclosure(false);
  const offered = actions.filter((a) => resource.actions[a.name]);
  const remove = () => {
    close();
    void act(`remove ${resource.name}`, () => api.remove(resource));
  };
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={`Actions of ${kind} ${resource.name}`}>
            ⋮
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {offered.map((a) => (
            <Menu.Item key={a.name} onClick={() => void act(`${a.label.toLowerCase()} ${resource.name}`, () => api.act(resource, a.name))}>
              {a.label}
            </Menu.Item>
          ))}
          {offered.length > 0 && <Menu.Divider />}
          <Menu.Item component="a" href={`${resource.links["self"]}?_format=json`} target="_blank">
            View in API
          </Menu.Item>
          <Menu.Item color="red" onClick={open}>
            Remove…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal opened={asking} onClose={close} title={`Remove ${kind} ${resource.name}?`} centered>
        {consequence && <Text mb="md">{consequence}</Text>}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Keep it
          </Button>
          <Button color="red" onClick={remove} data-autofocus>
            Remove
          </Button>
        </Group>
      </Modal>
    </>
  );
}
