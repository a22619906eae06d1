using System.Net;
using EdgeHost.Clients;
using EdgeHost.ControlContracts;

namespace EdgeHost.Management.Explaining;

/// <summary>Why a visitor gets what they get.</summary>
internal sealed class ExplainEndpoints(Explainer explainer)
{
    private const int LongestMethod = 32;

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/explain", (string? url, string? method, string? client) => Explain(url, method ?? HttpMethods.Get, client));

    private IResult Explain(string? url, string method, string? client)
    {
        IPAddress? visitor = null;
        if (ExplainedUrl.Of(url) is not { } asked)
        {
            return ManagementProblems.BadRequest($"'{url}' is not a URL to explain: write it with http:// or https:// and its host, such as http://www.example.org/about, without user information; in a query string percent-encoded.");
        }

        if (method.Length is 0 or > LongestMethod || !method.All(c => char.IsAsciiLetter(c) || c is '-' or '_'))
        {
            return ManagementProblems.BadRequest($"'{method}' is not a method such as GET or POST.");
        }

        if (client is not null && !IPAddress.TryParse(client, out visitor))
        {
            return ManagementProblems.BadRequest($"'{client}' is not the address of a client such as 192.0.2.7 or 2001:db8::7.");
        }

        return Results.Json(explainer.Explain(asked, method.ToUpperInvariant(), ClientAddress.Plain(visitor)), ControlJson.Readable.ExplainResponse);
    }
}
