namespace Orchard.Copilot.Tests;

public class ModelIdsTests
{
    [Fact]
    public void VisionIsPinned() => Assert.Matches(@"\d{4}-\d\d-\d\d$", ModelIds.Vision);
}
