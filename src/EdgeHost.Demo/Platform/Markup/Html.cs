namespace EdgeHost.Demo.Platform.Markup;

/// <summary>Text that is markup. <see cref="Of"/> is the way to make it, and encodes every value put into it.</summary>
internal readonly record struct Html(string Text)
{
    public static readonly Html Empty = new("");

    public static Html Of(HtmlInterpolation markup) => markup.ToHtml();

    public static Html Each<T>(IEnumerable<T> items, Func<T, Html> render) =>
        new(string.Concat(items.Select(item => render(item).Text)));

    public override string ToString() => Text;
}
