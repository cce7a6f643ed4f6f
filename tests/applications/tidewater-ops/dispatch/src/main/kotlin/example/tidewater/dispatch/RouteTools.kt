package example.tidewater.dispatch

import org.springframework.ai.tool.annotation.Tool
import org.springframework.stereotype.Component

@Component
class RouteTools(private val depots: DepotRepository) {
    @Tool(description = "Roads that are closed today")
    fun closedRoads(region: String): List<String> = depots.closed(region)

    @Tool(name = "tide_table", description = "High and low water at a pier")
    fun tides(pier: String): String = depots.tides(pier)
}

interface DepotRepository {
    fun closed(region: String): List<String>
    fun tides(pier: String): String
}
