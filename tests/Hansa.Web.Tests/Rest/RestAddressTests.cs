using Hansa.Model;
using Shouldly;
using Xunit;

namespace Hansa.Web.Tests.Rest;

public sealed class RestAddressTests
{
    [Theory]
    [InlineData("Things", EntityKind.Things, "", "", "")]
    [InlineData("Things/", EntityKind.Things, "", "", "")]
    [InlineData("Things/Pump", EntityKind.Things, "Pump", "", "")]
    [InlineData("Things/Pump one/", EntityKind.Things, "Pump one", "", "")]
    [InlineData("Things/Pump/Services/Start", EntityKind.Things, "Pump", "Services", "Start")]
    [InlineData("Users/a@b/Properties/*", EntityKind.Users, "a@b", "Properties", "*")]
    [InlineData("Things//Services/Start", EntityKind.Things, "", "Services", "Start")]
    public void An_address_names_its_parts(string path, EntityKind kind, string entity, string characteristics, string name) =>
        RestAddress.Parse(path).ShouldBe(new RestAddress(kind, entity, characteristics, name));

    [Theory]
    [InlineData("")]
    [InlineData("things")]
    [InlineData("Nonsense/Pump")]
    [InlineData("None")]
    [InlineData("10/Pump")]
    [InlineData("Things/Pump/Services/Start/now")]
    public void What_is_no_address_is_none(string path) => RestAddress.Parse(path).ShouldBeNull();
}
