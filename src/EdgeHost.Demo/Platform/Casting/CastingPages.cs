using EdgeHost.Demo.Platform.Agencies;
using EdgeHost.Demo.Platform.Markup;

namespace EdgeHost.Demo.Platform.Casting;

internal static class CastingPages
{
    public const string Path = "/casting";
    public const string ThanksPath = "/casting/thanks";

    public static Page Form(Agency agency, CastingForm form, IReadOnlyList<string> complaints) => new()
    {
        Kind = "casting",
        Title = $"Casting — {agency.Profile.Name}",
        Description = $"Tell {agency.Profile.Name} whom you are looking for.",
        Canonical = Path,
        Status = complaints.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
        Private = complaints.Count > 0,
        Body = Html.Of($"""
            <header class="intro"><p class="kicker">Casting</p><h1>Who are you looking for?</h1><p class="lead">Tell us in your own words. A person reads it, and answers within a working day.</p></header>
            {(complaints.Count == 0 ? Html.Empty : Html.Of($"<ul class=\"complaints\" role=\"alert\">{Html.Each(complaints, complaint => Html.Of($"<li>{complaint}</li>"))}</ul>"))}
            <form class="form" method="post" action="{Path}">
            <p><label for="name">Your name</label><input id="name" name="name" value="{form.Name}" autocomplete="name" maxlength="200" required></p>
            <p><label for="email">E-mail</label><input id="email" name="email" type="email" value="{form.Email}" autocomplete="email" maxlength="200" required></p>
            <p class="wide"><label for="project">Project <span>(if it has a name yet)</span></label><input id="project" name="project" value="{form.Project}" maxlength="200"></p>
            <p class="wide"><label for="message">Whom, when and where</label><textarea id="message" name="message" rows="7" maxlength="4000" required>{form.Message}</textarea></p>
            <p class="wide"><button class="button">Send the casting</button></p>
            </form>
            """),
    };

    public static Page Thanks(Agency agency) => new()
    {
        Kind = "thanks",
        Title = $"Thank you — {agency.Profile.Name}",
        Description = "Your casting has reached us.",
        Canonical = null,
        Body = Html.Of($"""
            <section class="missing"><h1>Thank you. It is here.</h1><p class="lead">Your casting has reached us. Somebody with a telephone and an opinion will be in touch within a working day.</p><p><a class="button" href="/talents">Back to the list</a></p></section>
            """),
    };
}
