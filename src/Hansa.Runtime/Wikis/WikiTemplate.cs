using Hansa.Model;
using Hansa.Storage;

namespace Hansa.Runtime;

/// <summary>The Wiki (spec platform 2.8): a tree of pages with comments, ratings and the history of their changes.</summary>
public sealed class WikiTemplate(IStorage storage, EntryArguments arguments, EntryEvents events, TimeProvider time)
    : PageTemplate(storage, arguments, events, time)
{
    /// <inheritdoc/>
    public override string Name => "Wiki";

    /// <inheritdoc/>
    public override string? TwinName => "RemoteWiki";

    /// <inheritdoc/>
    public override string Description => "A tree of pages with comments, ratings and the history of their changes.";

    private protected override PageKind Kind => PageKind.WikiPage;

    private protected override string Noun => "wiki page";

    [Service("Adds a page below another, or at the top, and gives its id.",
        Category = "Pages", Kind = CallKind.KeptWrite, Twin = TwinRule.Relayed, Accept = nameof(AcceptEntry))]
    public Task<string> AddWikiPage(
        ServiceContext call, string? parentWikiPageId, [Parameter(IsRequired = true)] string title, string? content, string? source, string? sourceType,
        [Parameter(BaseType.TAGS)] string? tags, Location? location, DateTimeOffset? timestamp,
        CancellationToken cancellationToken) =>
        AddAsync(call, new(Kind, timestamp!.Value.ToUnixTimeMilliseconds())
        {
            Parent = ParentId(parentWikiPageId), Title = title, Content = content, Source = source, SourceType = sourceType, Tags = tags, Location = location,
        }, cancellationToken);

    [Service("Changes the page of that title below that parent, or adds it; gives its id.",
        Category = "Pages", Kind = CallKind.KeptWrite, Twin = TwinRule.Relayed, Accept = nameof(AcceptEntry))]
    public Task<string> AddOrUpdateWikiPage(
        ServiceContext call, string? parentWikiPageId, [Parameter(IsRequired = true)] string title, string? content, string? source, string? sourceType,
        [Parameter(BaseType.TAGS)] string? tags, Location? location, DateTimeOffset? timestamp,
        CancellationToken cancellationToken) =>
        AddOrUpdateAsync(call, new(Kind, timestamp!.Value.ToUnixTimeMilliseconds())
        {
            Parent = ParentId(parentWikiPageId), Title = title, Content = content, Source = source, SourceType = sourceType, Tags = tags, Location = location,
        }, cancellationToken);

    [Service("Changes what is given of a page and gives its id; the rest stays. An empty parent puts it at the top.",
        Category = "Pages", Kind = CallKind.KeptWrite, Twin = TwinRule.Relayed, Accept = nameof(AcceptEntry))]
    public async Task<string> UpdateWikiPage(
        ServiceContext call, [Parameter(IsRequired = true)] string wikiPageId, string? parentWikiPageId, string? title, string? content, string? source, string? sourceType,
        [Parameter(BaseType.TAGS)] string? tags, Location? location, DateTimeOffset? timestamp,
        CancellationToken cancellationToken)
    {
        var id = EntryId(wikiPageId);
        await ChangeAsync(call, Kind, id, new(Now)
        {
            Timestamp = timestamp!.Value.ToUnixTimeMilliseconds(), IsMoved = parentWikiPageId is not null, Parent = ParentId(parentWikiPageId), Title = title,
            Content = content, Source = source, SourceType = sourceType, Tags = tags, Location = location,
        }, cancellationToken);
        return Text(id);
    }

    [Service("Deletes a page with its comments; pages below it move up to its parent.",
        Category = "Pages", Kind = CallKind.KeptWrite, Twin = TwinRule.Relayed)]
    public Task DeleteWikiPage(ServiceContext call, [Parameter(IsRequired = true)] string wikiPageId, CancellationToken cancellationToken) =>
        DeleteAsync(call, Kind, EntryId(wikiPageId), cancellationToken);

    [Service("Deletes all pages with their comments and history. It answers when they are gone.",
        Category = "Pages", Kind = CallKind.KeptWrite, Twin = TwinRule.Relayed)]
    public Task PurgeWikiPages(ServiceContext call, CancellationToken cancellationToken) =>
        Store.PurgeAsync(Id(call), null, null, cancellationToken);

    [Service("Gives one page.", Category = "Pages", Kind = CallKind.Read, Twin = TwinRule.Relayed, ResultShape = "WikiPage")]
    public Task<InfoTable> GetWikiPage(ServiceContext call, [Parameter(IsRequired = true)] string wikiPageId, CancellationToken cancellationToken) =>
        Store.QueryAsync(Id(call), Pages(PlatformShapes.WikiPage, 1) with { Id = EntryId(wikiPageId) }, cancellationToken);

    [Service("Gives one page with its comments.",
        Category = "Pages", Kind = CallKind.Read, Twin = TwinRule.Relayed, ResultShape = "WikiPageWithComments")]
    public Task<InfoTable> GetWikiPageWithComments(ServiceContext call, [Parameter(IsRequired = true)] string wikiPageId, CancellationToken cancellationToken) =>
        Store.QueryAsync(Id(call), Pages(PlatformShapes.WikiPageWithComments, 1) with { Id = EntryId(wikiPageId) }, cancellationToken);

    [Service("Gives the id of the page above, an empty text for a page at the top.",
        Category = "Pages", Kind = CallKind.Read, Twin = TwinRule.Relayed)]
    public async Task<string> GetParentWikiPage(ServiceContext call, [Parameter(IsRequired = true)] string wikiPageId, CancellationToken cancellationToken)
    {
        var query = new PageQuery(Kind, PlatformShapes.WikiPageList, 1) { Id = EntryId(wikiPageId) };
        return (await Store.QueryAsync(Id(call), query, cancellationToken))[0, "parentId"].ToString();
    }

    [Service("Gives the pages right below a page, or those at the top, by title.",
        Category = "Queries", Kind = CallKind.Read, Twin = TwinRule.Relayed, ResultShape = "WikiPage")]
    public Task<InfoTable> GetChildWikiPages(
        ServiceContext call, string? parentWikiPageId, CancellationToken cancellationToken, double maxItems = DefaultMaxItems) =>
        Store.QueryAsync(Id(call), Pages(PlatformShapes.WikiPage, Limit(maxItems)) with
        {
            IsBelow = true, Parent = ParentId(parentWikiPageId), Order = PageOrder.Title,
        }, cancellationToken);

    [Service("Gives pages, newest first.", Category = "Queries", Kind = CallKind.Read, Twin = TwinRule.Relayed, ResultShape = "WikiPage")]
    public Task<InfoTable> GetWikiPages(ServiceContext call, CancellationToken cancellationToken, double maxItems = DefaultMaxItems) =>
        Store.QueryAsync(Id(call), Pages(PlatformShapes.WikiPage, Limit(maxItems)), cancellationToken);

    [Service("Finds pages by source, tags and time.",
        Category = "Queries", Kind = CallKind.Read, Twin = TwinRule.Relayed, ResultShape = "WikiPage", Accept = nameof(AcceptQuery))]
    public Task<InfoTable> QueryWikiPages(
        ServiceContext call, string? source, [Parameter(BaseType.TAGS)] string? sourceTags, [Parameter(BaseType.TAGS)] string? tags, DateTimeOffset? startDate,
        DateTimeOffset? endDate, CancellationToken cancellationToken,
        double maxItems = DefaultMaxItems, bool withContent = true) =>
        QueryAsync(call, PlatformShapes.WikiPage, maxItems, withContent, new(source, sourceTags, tags, startDate, endDate), null, cancellationToken);

    [Service("Finds pages whose title and content hold all the words; a word may end with *.",
        Category = "Queries", Kind = CallKind.Read, Twin = TwinRule.Relayed, ResultShape = "WikiPage", Accept = nameof(AcceptQuery))]
    public Task<InfoTable> SearchWikiPages(
        ServiceContext call, [Parameter(IsRequired = true)] string searchExpression, string? source, [Parameter(BaseType.TAGS)] string? sourceTags, [Parameter(BaseType.TAGS)] string? tags, DateTimeOffset? startDate,
        DateTimeOffset? endDate, CancellationToken cancellationToken,
        double maxItems = DefaultMaxItems, bool withContent = true) =>
        QueryAsync(call, PlatformShapes.WikiPage, maxItems, withContent, new(source, sourceTags, tags, startDate, endDate), Words(searchExpression), cancellationToken);

    [Service("Gives the pages right below a page with their comments, or those at the top, by title.",
        Category = "Queries", Kind = CallKind.Read, Twin = TwinRule.Relayed, ResultShape = "WikiPageWithComments")]
    public Task<InfoTable> GetChildWikiPagesWithComments(
        ServiceContext call, string? parentWikiPageId, CancellationToken cancellationToken, double maxItems = DefaultMaxItems) =>
        Store.QueryAsync(Id(call), Pages(PlatformShapes.WikiPageWithComments, Limit(maxItems)) with
        {
            IsBelow = true, Parent = ParentId(parentWikiPageId), Order = PageOrder.Title,
        }, cancellationToken);

    [Service("Gives pages with their comments, newest first.",
        Category = "Queries", Kind = CallKind.Read, Twin = TwinRule.Relayed, ResultShape = "WikiPageWithComments")]
    public Task<InfoTable> GetWikiPagesWithComments(ServiceContext call, CancellationToken cancellationToken, double maxItems = DefaultMaxItems) =>
        Store.QueryAsync(Id(call), Pages(PlatformShapes.WikiPageWithComments, Limit(maxItems)), cancellationToken);

    [Service("Finds pages with their comments by source, tags and time.",
        Category = "Queries", Kind = CallKind.Read, Twin = TwinRule.Relayed, ResultShape = "WikiPageWithComments", Accept = nameof(AcceptQuery))]
    public Task<InfoTable> QueryWikiPagesWithComments(
        ServiceContext call, string? source, [Parameter(BaseType.TAGS)] string? sourceTags, [Parameter(BaseType.TAGS)] string? tags, DateTimeOffset? startDate,
        DateTimeOffset? endDate, CancellationToken cancellationToken,
        double maxItems = DefaultMaxItems, bool withContent = true) =>
        QueryAsync(call, PlatformShapes.WikiPageWithComments, maxItems, withContent, new(source, sourceTags, tags, startDate, endDate), null, cancellationToken);

    [Service("Finds pages with their comments whose title and content hold all the words; a word may end with *.",
        Category = "Queries", Kind = CallKind.Read, Twin = TwinRule.Relayed, ResultShape = "WikiPageWithComments", Accept = nameof(AcceptQuery))]
    public Task<InfoTable> SearchWikiPagesWithComments(
        ServiceContext call, [Parameter(IsRequired = true)] string searchExpression, string? source, [Parameter(BaseType.TAGS)] string? sourceTags, [Parameter(BaseType.TAGS)] string? tags, DateTimeOffset? startDate,
        DateTimeOffset? endDate, CancellationToken cancellationToken,
        double maxItems = DefaultMaxItems, bool withContent = true) =>
        QueryAsync(call, PlatformShapes.WikiPageWithComments, maxItems, withContent, new(source, sourceTags, tags, startDate, endDate), Words(searchExpression), cancellationToken);

    [Service("Lists the titles of pages in their order.",
        Category = "Queries", Kind = CallKind.Read, Twin = TwinRule.Relayed, ResultShape = "WikiPageList")]
    public Task<InfoTable> GetWikiPageTitles(ServiceContext call, CancellationToken cancellationToken, double maxItems = DefaultMaxItems) =>
        QueryWikiPageTitles(call, null, null, null, cancellationToken, maxItems);

    [Service("Lists the titles of pages with some tags or of a period in their order.",
        Category = "Queries", Kind = CallKind.Read, Twin = TwinRule.Relayed, ResultShape = "WikiPageList")]
    public Task<InfoTable> QueryWikiPageTitles(
        ServiceContext call, [Parameter(BaseType.TAGS)] string? tags, DateTimeOffset? startDate, DateTimeOffset? endDate, CancellationToken cancellationToken,
        double maxItems = DefaultMaxItems)
    {
        var query = new PageQuery(Kind, PlatformShapes.WikiPageList, Limit(maxItems)) { Order = PageOrder.Title };
        return Store.QueryAsync(Id(call), new PageFilter(null, null, tags, startDate, endDate).Apply(query), cancellationToken);
    }

    [Service("Gives the changes of all pages, newest first; those of deleted pages are among them.",
        Category = "History", Kind = CallKind.Read, Twin = TwinRule.Relayed, ResultShape = "WikiHistory")]
    public Task<InfoTable> GetWikiHistory(ServiceContext call, CancellationToken cancellationToken, double maxItems = DefaultMaxItems) =>
        Store.HistoryAsync(Id(call), null, PlatformShapes.WikiHistory, Limit(maxItems), cancellationToken);

    [Service("Gives the changes of one page, newest first, also of a deleted one.",
        Category = "History", Kind = CallKind.Read, Twin = TwinRule.Relayed, ResultShape = "WikiHistory")]
    public Task<InfoTable> GetWikiPageHistory(
        ServiceContext call, [Parameter(IsRequired = true)] string wikiPageId, CancellationToken cancellationToken, double maxItems = DefaultMaxItems) =>
        Store.HistoryAsync(Id(call), EntryId(wikiPageId), PlatformShapes.WikiHistory, Limit(maxItems), cancellationToken);

    [Service("Adds a comment on a page, or an answer to a comment, and gives its id.",
        Category = "Comments", Kind = CallKind.KeptWrite, Twin = TwinRule.Relayed, Accept = nameof(AcceptEntry))]
    public Task<string> AddComment(
        ServiceContext call, [Parameter(IsRequired = true)] string wikiPageId, string? wikiCommentId, [Parameter(IsRequired = true)] string content, string? source, string? sourceType,
        [Parameter(BaseType.TAGS)] string? tags, Location? location, DateTimeOffset? timestamp,
        CancellationToken cancellationToken) =>
        AddCommentAsync(call, wikiPageId, wikiCommentId, new(PageKind.Comment, timestamp!.Value.ToUnixTimeMilliseconds())
        {
            Content = content, Source = source, SourceType = sourceType, Tags = tags, Location = location,
        }, cancellationToken);

    [Service("Changes what is given of a comment; the rest stays.",
        Category = "Comments", Kind = CallKind.KeptWrite, Twin = TwinRule.Relayed, Accept = nameof(AcceptChange))]
    public Task UpdateComment(
        ServiceContext call, [Parameter(IsRequired = true)] string wikiCommentId, string? content, string? source, string? sourceType,
        [Parameter(BaseType.TAGS)] string? tags, Location? location, DateTimeOffset? timestamp,
        CancellationToken cancellationToken) =>
        ChangeAsync(call, PageKind.Comment, CommentId(wikiCommentId), new(Now)
        {
            Timestamp = timestamp?.ToUnixTimeMilliseconds(), Content = content, Source = source, SourceType = sourceType, Tags = tags, Location = location,
        }, cancellationToken);

    [Service("Deletes a comment; answers to it then answer what it answered.",
        Category = "Comments", Kind = CallKind.KeptWrite, Twin = TwinRule.Relayed)]
    public Task DeleteComment(ServiceContext call, [Parameter(IsRequired = true)] string wikiCommentId, CancellationToken cancellationToken) =>
        DeleteAsync(call, PageKind.Comment, CommentId(wikiCommentId), cancellationToken);

    [Service("Gives one comment.", Category = "Comments", Kind = CallKind.Read, Twin = TwinRule.Relayed, ResultShape = "Comment")]
    public Task<InfoTable> GetComment(ServiceContext call, [Parameter(IsRequired = true)] string wikiCommentId, CancellationToken cancellationToken) =>
        CommentAsync(call, wikiCommentId, cancellationToken);

    [Service("Gives all comments on a page, oldest first; parentId says what each answers.",
        Category = "Comments", Kind = CallKind.Read, Twin = TwinRule.Relayed, ResultShape = "Comment")]
    public Task<InfoTable> GetComments(ServiceContext call, [Parameter(IsRequired = true)] string wikiPageId, CancellationToken cancellationToken) =>
        CommentsAsync(call, wikiPageId, cancellationToken);

    private static PageQuery Pages(DataShape shape, int maxItems) => new(PageKind.WikiPage, shape, maxItems)
    {
        Comments = ReferenceEquals(shape, PlatformShapes.WikiPageWithComments) ? PlatformShapes.Comment : null,
    };

    private Task<InfoTable> QueryAsync(
        ServiceContext call, DataShape shape, double maxItems, bool withContent, PageFilter filter, string? words, CancellationToken cancellationToken) =>
        Store.QueryAsync(Id(call), filter.Apply(Pages(shape, Limit(maxItems)) with { WithContent = withContent, Words = words }), cancellationToken);
}
