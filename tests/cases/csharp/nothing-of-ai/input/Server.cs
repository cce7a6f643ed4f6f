using Acme.Model.Registry;
using Microsoft.AspNetCore.Mvc;

namespace Acme.Web;

/// <summary>Serves application/json.</summary>
[Route("api/models")]
public class Server : ControllerBase
{
    private const string Image = "acme/model-server";

    [Produces("application/json")]
    public IActionResult Get() => Ok(new Car(model: "acme/one") { ModelId = "acme/two" });

    public void Log() => _logger.LogInformation("loaded model {Name}", "acme/three");
}
