import Fastify from "fastify";
import { z } from "zod";
import { prisma } from "@nordpost/db";

/** A model here is a model of a scanner. */
const Scanner = z.object({ model: z.enum(["zebra/ds2208", "honeywell/1950g", "datalogic/qd2500"]).default("zebra/ds2208") });
const app = Fastify({ logger: true });

app.get("/parcels/:id", async (request, reply) => {
  reply.type("application/problem+json");
  return prisma.parcel.findUnique({ where: { id: request.params.id }, include: { scans: true } });
});
app.post("/scanners/new", async (request) => prisma.scanner.create({ data: Scanner.parse(request.body) }));
app.get("/chat/completions", async () => ({ moved: "/support/chat" }));

await app.listen({ port: 3000, host: "0.0.0.0" });
