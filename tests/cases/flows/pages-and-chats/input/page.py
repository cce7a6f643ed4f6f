import streamlit as st
from openai import OpenAI

client = OpenAI()

if prompt := st.chat_input("Say"):
    st.session_state.messages.append({"role": "user", "content": prompt})
    messages = [{"role": m["role"], "content": m["content"]} for m in st.session_state.messages]
    st.write(client.chat.completions.create(model="gpt-4o-mini", messages=messages))
