"use client";
import * as Dialog from "@radix-ui/react-dialog";
import { useQuery } from "@tanstack/react-query";

const AVATARS = ["avatars/claude.png", "avatars/gemma.png"];

export default function Tickets() {
  const { data } = useQuery({ queryKey: ["tickets/open"], queryFn: () => fetch("/api/tickets/open").then((r) => r.json()) });
  return (
    <Dialog.Root>
      <img src={AVATARS[0]} alt="Claude Monet" />
      <ul>{data?.map((t: { id: string; title: string }) => <li key={t.id}>{t.title}</li>)}</ul>
    </Dialog.Root>
  );
}
