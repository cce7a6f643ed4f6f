export default function picker(name = "claude-3-5-sonnet-latest") { return name; }
