using EdgeHost.ControlContracts;

namespace EdgeHost.Demo.Walkthrough.Interactive;

/// <summary>One line of the status: what a visitor gets at this moment, and what the edge says of the site.</summary>
internal sealed record SiteRow(string Site, string Decision, SiteStatus? Status)
{
    public string Short => Decision.Split(';')[0];
}
