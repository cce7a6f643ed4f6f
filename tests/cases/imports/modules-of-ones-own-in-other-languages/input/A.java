import acme.com.openai.Client;
class A {}
