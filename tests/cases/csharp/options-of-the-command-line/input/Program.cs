using System.CommandLine;
using OpenAI.Chat;

var model = new Option<string>("--model", () => "gpt-4o-mini", "model");
var judge = new Option<string>("--judge") { DefaultValueFactory = _ => "gpt-4.1-nano" };
var folder = new Option<string>("--folder", () => "notes/all");

var result = root.Parse(args);
var client = new ChatClient(result.GetValue(model), "key");
var other = new ChatClient(result.GetValueForOption(judge), "key");
