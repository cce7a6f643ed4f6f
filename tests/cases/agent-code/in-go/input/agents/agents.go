package agents

import (
	"context"

	"github.com/cloudwego/eino-ext/components/model/openai"
	"github.com/cloudwego/eino/flow/agent/react"
	"github.com/firebase/genkit/go/ai"
	"github.com/firebase/genkit/go/genkit"
	"github.com/mark3labs/mcp-go/client"
	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
	"github.com/tmc/langchaingo/agents"
	lc "github.com/tmc/langchaingo/llms/openai"
	"github.com/tmc/langchaingo/tools"
	"google.golang.org/adk/agent/llmagent"
	"google.golang.org/adk/model/gemini"
)

func Chain(ctx context.Context) error {
	llm, err := lc.New(lc.WithModel("gpt-4o-mini"))
	if err != nil {
		return err
	}
	helper := agents.NewOneShotAgent(llm, []tools.Tool{tools.Calculator{}})
	_ = agents.NewExecutor(helper)
	return nil
}

func Kit(ctx context.Context) {
	g := genkit.Init(ctx)
	genkit.DefineTool(g, "getWeather", "weather of a place", func(ctx *ai.ToolContext, in string) (string, error) {
		return "sunny", nil
	})
}

func Adk(ctx context.Context) {
	model, _ := gemini.NewModel(ctx, "gemini-2.5-flash", nil)
	llmagent.New(llmagent.Config{Name: "guide", Model: model, Instruction: "Guide."})
}

func Eino(ctx context.Context) {
	model, _ := openai.NewChatModel(ctx, &openai.ChatModelConfig{Model: "gpt-4.1"})
	reader, _ := react.NewAgent(ctx, &react.AgentConfig{ToolCallingModel: model})
	_ = reader
}

func Servers() {
	s := server.NewMCPServer("depot", "1.0.0")
	s.AddTool(mcp.NewTool("count", mcp.WithDescription("counts")), nil)
	c, _ := client.NewStdioMCPClient("npx", nil, "-y", "@modelcontextprotocol/server-memory")
	_ = c
}
