import com.openai.client.OpenAIClient
import ai.koog.agents.core.agent.AIAgent
