"""HTTP interface: suggest a reply, triage a ticket, summarise a thread."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, HTTPException
from langchain_openai import ChatOpenAI
from pydantic import BaseModel

from ticket_assistant.config import INTENTS
from ticket_assistant.embeddings import PassageIndex
from ticket_assistant.llm import ReplyWriter, is_allowed, write_note
from ticket_assistant.loaders import load, load_intents
from ticket_assistant.rerank import Reranker
from ticket_assistant.settings import get_settings


class Ticket(BaseModel):
    text: str


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    settings = get_settings()
    app.state.index = PassageIndex.from_file(settings.passages_file)
    app.state.reranker = Reranker()
    app.state.writer = ReplyWriter()
    app.state.intents = load_intents(settings.intent_size)
    app.state.sentiment = load(
        "cardiffnlp/twitter-roberta-base-sentiment-latest",
        revision="1267d1fb04ad3c8da4454fb8404245f40e216f86",
    )
    app.state.summariser = ChatOpenAI(model=os.getenv("SUMMARY_MODEL", "gpt-4.1-mini"))
    yield


app = FastAPI(title="Ticket assistant", version="1.4.0", lifespan=lifespan)


@app.post("/reply")
def reply(ticket: Ticket) -> dict[str, str]:
    if not is_allowed(ticket.text):
        raise HTTPException(422, "The ticket was rejected by moderation")
    settings = get_settings()
    candidates = app.state.index.search(ticket.text, settings.candidates)
    passages = app.state.reranker.best(ticket.text, candidates, settings.top_k)
    return {"reply": app.state.writer.write(ticket.text, passages)}


@app.post("/triage")
def triage(ticket: Ticket) -> dict[str, str]:
    intent = app.state.intents(ticket.text, candidate_labels=list(INTENTS))["labels"][0]
    sentiment = app.state.sentiment(ticket.text, truncation=True)[0]["label"]
    return {"intent": intent, "sentiment": sentiment, "note": write_note(ticket.text)}


@app.post("/summary")
def summary(ticket: Ticket) -> dict[str, str]:
    return {"summary": app.state.summariser.invoke(f"Summarise:\n{ticket.text}").text()}
