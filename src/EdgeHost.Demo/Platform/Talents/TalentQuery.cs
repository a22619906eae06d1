using System.Globalization;
using EdgeHost.Demo.Platform.Agencies;

namespace EdgeHost.Demo.Platform.Talents;

/// <summary>Which part of the talent list is asked for: <c>?category=dance&amp;page=2</c>.</summary>
internal sealed record TalentQuery(Category? Category, int Page)
{
    public const int PageSize = 8;

    /// <summary>Null where the query names a category or a page that there is not.</summary>
    public static TalentQuery? Parse(Agency agency, string? category, string? page)
    {
        var number = 1;
        if (page is not null && !(int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= 1))
        {
            return null;
        }

        if (string.IsNullOrEmpty(category))
        {
            return new TalentQuery(null, number);
        }

        return agency.FindCategory(category) is { } found ? new TalentQuery(found, number) : null;
    }

    public string Link() => (Category, Page) switch
    {
        (null, 1) => "/talents",
        (null, _) => $"/talents?page={Page}",
        (_, 1) => $"/talents?category={Category.Id}",
        _ => $"/talents?category={Category.Id}&page={Page}",
    };
}
