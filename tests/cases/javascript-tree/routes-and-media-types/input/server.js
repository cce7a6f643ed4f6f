import express from "express";
const app = express();
app.get("/api/models", (req, res) => res.type("application/json").send({}));
app.post("/v1/chat", (req, res) => res.set({ "Content-Type": "text/event-stream" }).render("models/chat"));
fetch("/api/model", { headers: { accept: "application/octet-stream" } });
