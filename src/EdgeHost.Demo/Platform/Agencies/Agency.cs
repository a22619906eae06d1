namespace EdgeHost.Demo.Platform.Agencies;

/// <summary>One tenant of the platform: a talent agency with its own website.</summary>
internal sealed class Agency(AgencyProfile profile)
{
    public AgencyProfile Profile { get; } = profile;

    public string Id => Profile.Id;

    public string Host { get; } = $"{profile.Id}.localhost";

    public IReadOnlyList<Talent> Talents { get; } = TalentPool.For(profile);

    public IReadOnlyList<NewsPost> News { get; } = [.. profile.News.OrderByDescending(post => post.Date)];

    public Talent? FindTalent(string slug) => Talents.FirstOrDefault(talent => talent.Slug == slug);

    public NewsPost? FindNews(string slug) => News.FirstOrDefault(post => post.Slug == slug);

    public Category? FindCategory(string id) => Profile.Categories.FirstOrDefault(category => category.Id == id);
}
