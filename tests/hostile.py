"""An article whose every field tries to become part of the page that shows it."""

HOSTILE = """<script>document.title = 'owned'</script><img src=x onerror="document.title='owned'">

{{ 7 * 7 }} {% raw %}

By "><svg onload=alert(1)> Nora Castell
4 March 2024

The council met on Monday, it said, and </script><script>document.title='owned'</script> 14 people were killed in Port Ellery.
It talked for three hours about the road to the harbour, which has been closed since the spring, and about ]]> and <!-- and -->.

"We will open it <b>again</b> \u2028 before <a href="javascript:document.title='owned'">summer</a>," mayor Ida <i>Brandt</i> said.
"""
