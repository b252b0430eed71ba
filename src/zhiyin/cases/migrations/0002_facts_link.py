from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0002_default_clock_rules'),
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='caseevent',
            name='caseevent_kind_known',
        ),
        migrations.RemoveConstraint(
            model_name='customerlink',
            name='customerlink_purpose_known',
        ),
        migrations.AlterField(
            model_name='caseevent',
            name='kind',
            field=models.CharField(choices=[('opened', 'Received'), ('acknowledged', 'Acknowledged'), ('taken', 'Taken on'), ('helped', 'Help was given'), ('judged', 'Judged'), ('explained', 'Explained and closed'), ('offered', 'Passed to the department'), ('accepted', 'Accepted by the department'), ('refused', 'Refused by the department'), ('agreed', 'Time agreed with the customer'), ('investigated', 'Investigated'), ('proposed', 'Proposal made'), ('withdrawn', 'Proposal withdrawn'), ('submitted', 'Proposals handed to the supervisor'), ('approved', 'Proposals approved'), ('sent_back', 'Proposals sent back'), ('chosen', 'The customer chose'), ('none_fits', 'The customer found none of them fitting'), ('remedied', 'Carried out'), ('confirmed', 'Confirmed'), ('reopened', 'Reopened'), ('closed', 'Closed'), ('archived', 'Archived'), ('escalated', 'Escalated'), ('linked', 'Linked with another case'), ('merged', 'Merged'), ('unmerged', 'Merge undone'), ('noted', 'Note'), ('reassigned', 'Handed over'), ('corrected', 'Details corrected'), ('link_sent', 'Link sent to the customer'), ('link_opened', 'The customer opened the link'), ('promised', 'Promised'), ('facts', 'Facts noted'), ('clock_soon', 'Time is getting short'), ('clock_over', 'Time has run out')], max_length=24),
        ),
        migrations.AlterField(
            model_name='caseeventaudit',
            name='kind',
            field=models.CharField(choices=[('opened', 'Received'), ('acknowledged', 'Acknowledged'), ('taken', 'Taken on'), ('helped', 'Help was given'), ('judged', 'Judged'), ('explained', 'Explained and closed'), ('offered', 'Passed to the department'), ('accepted', 'Accepted by the department'), ('refused', 'Refused by the department'), ('agreed', 'Time agreed with the customer'), ('investigated', 'Investigated'), ('proposed', 'Proposal made'), ('withdrawn', 'Proposal withdrawn'), ('submitted', 'Proposals handed to the supervisor'), ('approved', 'Proposals approved'), ('sent_back', 'Proposals sent back'), ('chosen', 'The customer chose'), ('none_fits', 'The customer found none of them fitting'), ('remedied', 'Carried out'), ('confirmed', 'Confirmed'), ('reopened', 'Reopened'), ('closed', 'Closed'), ('archived', 'Archived'), ('escalated', 'Escalated'), ('linked', 'Linked with another case'), ('merged', 'Merged'), ('unmerged', 'Merge undone'), ('noted', 'Note'), ('reassigned', 'Handed over'), ('corrected', 'Details corrected'), ('link_sent', 'Link sent to the customer'), ('link_opened', 'The customer opened the link'), ('promised', 'Promised'), ('facts', 'Facts noted'), ('clock_soon', 'Time is getting short'), ('clock_over', 'Time has run out')], max_length=24),
        ),
        migrations.AlterField(
            model_name='customerlink',
            name='purpose',
            field=models.CharField(choices=[('follow', 'Follow'), ('choose', 'Choose'), ('confirm', 'Confirm'), ('facts', 'Note down facts')], max_length=24),
        ),
        migrations.AlterField(
            model_name='customerlinkaudit',
            name='purpose',
            field=models.CharField(choices=[('follow', 'Follow'), ('choose', 'Choose'), ('confirm', 'Confirm'), ('facts', 'Note down facts')], max_length=24),
        ),
        migrations.AddConstraint(
            model_name='caseevent',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['opened', 'acknowledged', 'taken', 'helped', 'judged', 'explained', 'offered', 'accepted', 'refused', 'agreed', 'investigated', 'proposed', 'withdrawn', 'submitted', 'approved', 'sent_back', 'chosen', 'none_fits', 'remedied', 'confirmed', 'reopened', 'closed', 'archived', 'escalated', 'linked', 'merged', 'unmerged', 'noted', 'reassigned', 'corrected', 'link_sent', 'link_opened', 'promised', 'facts', 'clock_soon', 'clock_over'])), name='caseevent_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='customerlink',
            constraint=models.CheckConstraint(condition=models.Q(('purpose__in', ['follow', 'choose', 'confirm', 'facts'])), name='customerlink_purpose_known'),
        ),
    ]
