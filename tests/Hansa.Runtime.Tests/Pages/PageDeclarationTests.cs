using Hansa.Model;
using Hansa.Runtime.Tests.Support;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.Pages;

/// <summary>The declared services of Wiki and Blog and of their twins against the lists of spec platform 2.7 and 2.8. Parameters by name, as their order is nobody's.</summary>
public sealed class PageDeclarationTests : IAsyncLifetime
{
    private static readonly string[] Provider = ["GetPersistenceProvider() PERSISTENCEPROVIDERNAME", "SetPersistenceProvider(name PERSISTENCEPROVIDERNAME) NOTHING"];

    private static readonly string[] Blog =
    [
        "AddBlogEntry(content STRING, location LOCATION, source STRING, sourceType STRING, tags TAGS, timestamp DATETIME, title STRING) STRING",
        "AddComment(blogCommentId STRING, blogEntryId STRING, content STRING, location LOCATION, source STRING, sourceType STRING, tags TAGS, timestamp DATETIME) STRING",
        "DeleteBlogEntry(blogEntryId STRING) NOTHING",
        "DeleteComment(blogCommentId STRING) NOTHING",
        "GetBlogActivityHistory() INFOTABLE BlogHistory",
        "GetBlogEntries(maxItems NUMBER, sortOrder STRING) INFOTABLE BlogEntry",
        "GetBlogEntriesWithComments(maxItems NUMBER, sortOrder STRING) INFOTABLE BlogEntryWithComments",
        "GetBlogEntry(blogEntryId STRING) INFOTABLE BlogEntry",
        "GetBlogEntryWithComments(blogEntryId STRING) INFOTABLE BlogEntryWithComments",
        "GetComment(blogCommentId STRING) INFOTABLE Comment",
        "GetComments(blogEntryId STRING) INFOTABLE Comment",
        "PurgeBlogEntries(endDate DATETIME, startDate DATETIME) NOTHING",
        "QueryBlogEntries(endDate DATETIME, maxItems NUMBER, sortOrder STRING, source STRING, sourceTags TAGS, startDate DATETIME, tags TAGS) INFOTABLE BlogEntry",
        "QueryBlogEntriesWithComments(endDate DATETIME, maxItems NUMBER, sortOrder STRING, source STRING, sourceTags TAGS, startDate DATETIME, tags TAGS) INFOTABLE BlogEntryWithComments",
        "RateContent(entryId STRING, rating NUMBER) NUMBER",
        "SearchBlogEntries(endDate DATETIME, maxItems NUMBER, searchExpression STRING, sortOrder STRING, source STRING, sourceTags TAGS, startDate DATETIME, tags TAGS) INFOTABLE BlogEntry",
        "SearchBlogEntriesWithComments(endDate DATETIME, maxItems NUMBER, searchExpression STRING, sortOrder STRING, source STRING, sourceTags TAGS, startDate DATETIME, tags TAGS) INFOTABLE BlogEntryWithComments",
        "SetStickyStatus(blogEntryId STRING, isSticky BOOLEAN) NOTHING",
        "UpdateBlogEntry(blogEntryId STRING, content STRING, location LOCATION, source STRING, tags TAGS, timestamp DATETIME, title STRING) NOTHING",
        "UpdateComment(blogCommentId STRING, content STRING, location LOCATION, source STRING, sourceType STRING, tags TAGS, timestamp DATETIME) NOTHING",
    ];

    private static readonly string[] Wiki =
    [
        "AddComment(content STRING, location LOCATION, source STRING, sourceType STRING, tags TAGS, timestamp DATETIME, wikiCommentId STRING, wikiPageId STRING) STRING",
        "AddOrUpdateWikiPage(content STRING, location LOCATION, parentWikiPageId STRING, source STRING, sourceType STRING, tags TAGS, timestamp DATETIME, title STRING) STRING",
        "AddWikiPage(content STRING, location LOCATION, parentWikiPageId STRING, source STRING, sourceType STRING, tags TAGS, timestamp DATETIME, title STRING) STRING",
        "DeleteComment(wikiCommentId STRING) NOTHING",
        "DeleteWikiPage(wikiPageId STRING) NOTHING",
        "GetChildWikiPages(maxItems NUMBER, parentWikiPageId STRING) INFOTABLE WikiPage",
        "GetChildWikiPagesWithComments(maxItems NUMBER, parentWikiPageId STRING) INFOTABLE WikiPageWithComments",
        "GetComment(wikiCommentId STRING) INFOTABLE Comment",
        "GetComments(wikiPageId STRING) INFOTABLE Comment",
        "GetParentWikiPage(wikiPageId STRING) STRING",
        "GetWikiHistory(maxItems NUMBER) INFOTABLE WikiHistory",
        "GetWikiPage(wikiPageId STRING) INFOTABLE WikiPage",
        "GetWikiPageHistory(maxItems NUMBER, wikiPageId STRING) INFOTABLE WikiHistory",
        "GetWikiPageTitles(maxItems NUMBER) INFOTABLE WikiPageList",
        "GetWikiPageWithComments(wikiPageId STRING) INFOTABLE WikiPageWithComments",
        "GetWikiPages(maxItems NUMBER) INFOTABLE WikiPage",
        "GetWikiPagesWithComments(maxItems NUMBER) INFOTABLE WikiPageWithComments",
        "PurgeWikiPages() NOTHING",
        "QueryWikiPageTitles(endDate DATETIME, maxItems NUMBER, startDate DATETIME, tags TAGS) INFOTABLE WikiPageList",
        "QueryWikiPages(endDate DATETIME, maxItems NUMBER, source STRING, sourceTags TAGS, startDate DATETIME, tags TAGS, withContent BOOLEAN) INFOTABLE WikiPage",
        "QueryWikiPagesWithComments(endDate DATETIME, maxItems NUMBER, source STRING, sourceTags TAGS, startDate DATETIME, tags TAGS, withContent BOOLEAN) INFOTABLE WikiPageWithComments",
        "RateContent(entryId STRING, rating NUMBER) NUMBER",
        "SearchWikiPages(endDate DATETIME, maxItems NUMBER, searchExpression STRING, source STRING, sourceTags TAGS, startDate DATETIME, tags TAGS, withContent BOOLEAN) INFOTABLE WikiPage",
        "SearchWikiPagesWithComments(endDate DATETIME, maxItems NUMBER, searchExpression STRING, source STRING, sourceTags TAGS, startDate DATETIME, tags TAGS, withContent BOOLEAN) INFOTABLE WikiPageWithComments",
        "UpdateComment(content STRING, location LOCATION, source STRING, sourceType STRING, tags TAGS, timestamp DATETIME, wikiCommentId STRING) NOTHING",
        "UpdateWikiPage(content STRING, location LOCATION, parentWikiPageId STRING, source STRING, sourceType STRING, tags TAGS, timestamp DATETIME, title STRING, wikiPageId STRING) STRING",
    ];

    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync() => _platform = await TestPlatform.StartAsync();

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public void A_blog_has_the_services_of_the_specification_and_no_other() => Own("Blog", "GenericThing").ShouldBe(Blog.Concat(Provider), ignoreOrder: true);

    [Fact]
    public void A_wiki_has_the_services_of_the_specification_and_no_other() => Own("Wiki", "GenericThing").ShouldBe(Wiki.Concat(Provider), ignoreOrder: true);

    [Fact]
    public void A_remote_blog_has_all_but_the_provider() => Own("RemoteBlog", "RemoteThing").ShouldBe(Blog, ignoreOrder: true);

    [Fact]
    public void A_remote_wiki_has_all_but_the_provider() => Own("RemoteWiki", "RemoteThing").ShouldBe(Wiki, ignoreOrder: true);

    [Theory]
    [InlineData("Blog"), InlineData("Wiki"), InlineData("RemoteBlog"), InlineData("RemoteWiki")]
    public void Each_has_the_four_events(string template) =>
        Shape(template).Events.Where(e => e.DataShapeName == "EntryChangeEvent").Select(e => e.Name).ShouldBe(["Add", "Update", "Delete", "CommentAdd"]);

    [Theory]
    [InlineData("RemoteBlog"), InlineData("RemoteWiki")]
    public void A_twin_relays_each_service_of_its_own(string template)
    {
        var common = Shape("RemoteThing").Services.Select(service => service.Definition.Name).ToHashSet();
        Shape(template).Services.Where(service => !common.Contains(service.Definition.Name)).ShouldAllBe(service => service.Definition.IsRelayed);
    }

    [Theory]
    [InlineData("BlogEntry", "id,entryId,parentId,type,title,content,source,sourceType,timestamp,lastUpdated,location,tags,isSticky,count,ratingAverage,ratingCount,comments")]
    [InlineData("BlogEntryWithComments", "id,entryId,parentId,type,title,content,source,sourceType,timestamp,lastUpdated,location,tags,isSticky,count,ratingAverage,ratingCount,comments")]
    [InlineData("Comment", "id,entryId,parentId,type,title,content,source,sourceType,timestamp,location,tags,ratingAverage,ratingCount,comments")]
    [InlineData("WikiPage", "id,entryId,parentId,type,title,content,source,sourceType,timestamp,location,tags,count,ratingAverage,ratingCount,comments")]
    [InlineData("WikiPageWithComments", "id,entryId,parentId,type,title,content,source,sourceType,timestamp,location,tags,count,ratingAverage,ratingCount,comments")]
    [InlineData("WikiPageList", "id,title,parentId")]
    [InlineData("WikiHistory", "id,entryId,parentId,type,content,source,sourceType,timestamp,location,tags")]
    [InlineData("BlogHistory", "timestamp,count")]
    [InlineData("EntryChangeEvent", "id,type")]
    public void A_shape_has_the_fields_of_the_specification_in_order(string shape, string fields) =>
        string.Join(',', PlatformShapes.Find(shape)!.Fields.Select(field => field.Name)).ShouldBe(fields);

    private EntityShape Shape(string template) => _platform.Get<Runtime.Catalogue>().TemplateShape(template);

    private IEnumerable<string> Own(string template, string without)
    {
        var inherited = Shape(without).Services.Select(service => service.Definition.Name).ToHashSet();
        return Shape(template).Services.Select(service => service.Definition).Where(service => !inherited.Contains(service.Name)).Select(Signature);
    }

    private static string Signature(ServiceDefinition service)
    {
        var parameters = service.Parameters.Select(parameter => $"{parameter.Name} {parameter.BaseType.Name()}").Order(StringComparer.Ordinal);
        return $"{service.Name}({string.Join(", ", parameters)}) {$"{service.Result.BaseType.Name()} {service.Result.DataShapeName}".TrimEnd()}";
    }
}
