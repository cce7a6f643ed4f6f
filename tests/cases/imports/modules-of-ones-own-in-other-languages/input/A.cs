using Acme.OpenAI;
class A {}
