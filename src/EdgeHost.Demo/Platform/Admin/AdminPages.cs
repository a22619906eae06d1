using System.Globalization;
using EdgeHost.Demo.Platform.Agencies;
using EdgeHost.Demo.Platform.Casting;
using EdgeHost.Demo.Platform.Markup;

namespace EdgeHost.Demo.Platform.Admin;

internal static class AdminPages
{
    public static Page SignIn(Agency agency, bool refused) => Admin(agency, refused ? StatusCodes.Status401Unauthorized : StatusCodes.Status200OK, Html.Of($"""
        <header class="intro"><p class="kicker">{agency.Profile.ShortName} office</p><h1>Sign in</h1><p class="lead">This is a demonstration: the name is <kbd>demo</kbd>, and so is the password.</p></header>
        {(refused ? Html.Of($"<p class=\"complaints\" role=\"alert\">Name and password do not match.</p>") : Html.Empty)}
        <form class="form" method="post" action="/admin"><p><label for="user">Name</label><input id="user" name="user" autocomplete="username" required></p><p><label for="password">Password</label><input id="password" name="password" type="password" autocomplete="current-password" required></p><p class="wide"><button class="button">Sign in</button></p></form>
        """));

    public static Page Inbox(Agency agency, IReadOnlyList<CastingCall> calls) => Admin(agency, StatusCodes.Status200OK, Html.Of($"""
        <header class="intro"><p class="kicker">{agency.Profile.ShortName} office</p><h1>Castings</h1><p class="lead">{(calls.Count == 0 ? "Nothing yet." : $"{calls.Count} received since the platform started.")}</p></header>
        <section class="credits"><table><thead><tr><th scope="col">Received</th><th scope="col">From</th><th scope="col">Project</th><th scope="col">Message</th></tr></thead><tbody>{Html.Each(calls, Row)}</tbody></table></section>
        <form method="post" action="/admin/leave"><button class="button">Sign out</button></form>
        """));

    private static Html Row(CastingCall call) => Html.Of($"""
        <tr><td>{call.ReceivedAt.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)}</td><th scope="row">{call.Name}<br>{call.Email}</th><td>{call.Project}</td><td>{call.Message}</td></tr>
        """);

    private static Page Admin(Agency agency, int status, Html body) => new()
    {
        Kind = "admin",
        Title = $"Office — {agency.Profile.Name}",
        Description = "For the agency's own people.",
        Canonical = null,
        Status = status,
        Private = true,
        Body = body,
    };
}
