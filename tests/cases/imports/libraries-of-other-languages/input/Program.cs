using System;
using Microsoft.SemanticKernel.ChatCompletion;
using Ai = Azure.AI.OpenAI;

class Program {}
