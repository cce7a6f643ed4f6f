export class OpenAI {}
