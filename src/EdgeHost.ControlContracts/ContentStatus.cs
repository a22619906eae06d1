namespace EdgeHost.ControlContracts;

/// <summary>Pages of a site that the platform answers with something else: 404, a parking page, a login.</summary>
/// <param name="Lost">Whether they are so many, with the home page among them, that the content counts as lost.</param>
/// <param name="LostPages">Distinct pages that were answered with something else.</param>
/// <param name="LookedPages">Distinct pages that were looked at since the first of those.</param>
/// <param name="Since">Since when it is lost; null when it is not.</param>
/// <param name="Received">What came last instead of a page.</param>
public sealed record ContentStatus(bool Lost, int LostPages, int LookedPages, DateTimeOffset? Since, string? Received);
