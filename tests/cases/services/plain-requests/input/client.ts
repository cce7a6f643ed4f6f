const key = process.env.GROQ_API_KEY;

export async function ask(prompt: string) {
  const answer = await fetch("https://api.groq.com/openai/v1/chat/completions", {
    method: "POST",
    headers: { Authorization: `Bearer ${key}` },
    body: JSON.stringify({ model: "llama-3.3-70b-versatile", messages: [{ role: "user", content: prompt }] }),
  });
  return answer.json();
}
