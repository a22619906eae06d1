namespace EdgeHost.Demo.Platform.Markup;

internal static class NotFoundPage
{
    public static Page For() => new()
    {
        Kind = "missing",
        Title = "Page not found",
        Description = "There is no such page here.",
        Canonical = null,
        Status = StatusCodes.Status404NotFound,
        Body = Html.Of($"""
            <section class="missing"><p class="missing-number" aria-hidden="true">404</p><h1>Nobody of that name here</h1><p class="lead">The page may have moved, or the artist may have. The list is up to date.</p><p><a class="button" href="/talents">See all talents</a></p></section>
            """),
    };
}
